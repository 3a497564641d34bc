package org.carepathway.outreach;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gateways that a site has set up, and what a demo shows in their place. */
@Configuration(proxyBeanMethods = false)
class OutreachConfiguration {

  @Bean
  WebhookCarrier smsGateway(OutreachSettings settings, ObjectMapper json) {
    return new WebhookCarrier(Channel.SMS, settings.sms(), json);
  }

  @Bean
  WebhookCarrier pagerGateway(OutreachSettings settings, ObjectMapper json) {
    return new WebhookCarrier(Channel.PAGER, settings.pager(), json);
  }

  @Bean
  ShownCarrier shownSms(OutreachSettings settings) {
    return new ShownCarrier(Channel.SMS, settings.shown());
  }

  @Bean
  ShownCarrier shownMail(OutreachSettings settings) {
    return new ShownCarrier(Channel.MAIL, settings.shown());
  }
}
