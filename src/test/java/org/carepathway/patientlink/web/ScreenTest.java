package org.carepathway.patientlink.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carepathway.document.Letterhead;
import org.carepathway.form.FormView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The screens of a link, in both languages. */
class ScreenTest {

  /** Shows a screen without what comes before it. */
  @Controller
  static class Screens {

    @GetMapping("/screen/{name}")
    String show(
        @PathVariable String name, @RequestParam Map<String, String> parameters, Model model) {
      model.addAllAttributes(parameters);
      model.addAttribute("token", "the-token");
      model.addAttribute("language", "");
      model.addAttribute("site", settings());
      model.addAttribute("form", new FormView("Title", List.of(), List.of(), List.of()));
      return Screen.valueOf(name).view();
    }

    private static Letterhead settings() {
      return new Binder(
              new MapConfigurationPropertySource(
                  Map.of("o.hospital", "Example Hospital", "o.phone", "+34 900 000 000")))
          .bindOrCreate("o", Letterhead.class);
    }
  }

  private final MockMvc pages = pages();

  private static MockMvc pages() {
    ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
    templates.setPrefix("templates/");
    templates.setSuffix(".html");
    templates.setCharacterEncoding("UTF-8");
    ResourceBundleMessageSource texts = new ResourceBundleMessageSource();
    texts.setBasename("messages");
    texts.setDefaultEncoding("UTF-8");
    texts.setFallbackToSystemLocale(false);
    SpringTemplateEngine engine = new SpringTemplateEngine();
    engine.setTemplateResolver(templates);
    engine.setTemplateEngineMessageSource(texts);
    ThymeleafViewResolver views = new ThymeleafViewResolver();
    views.setTemplateEngine(engine);
    views.setCharacterEncoding("UTF-8");
    return MockMvcBuilders.standaloneSetup(new Screens()).setViewResolvers(views).build();
  }

  private String page(String address, String language) throws Exception {
    return pages
        .perform(get(address).locale(Locale.forLanguageTag(language)))
        .andReturn()
        .getResponse()
        .getContentAsString();
  }

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN, en, This link cannot be used any more",
    "UNKNOWN, es, Este enlace ya no se puede usar",
    "GONE, en, This link cannot be used any more",
    "LOCKED, es, Este enlace está bloqueado",
    "BIRTH, en, Date of birth of the patient",
    "BIRTH?wrong=true, es, No es la fecha que conocemos",
    "QUESTIONS, en, Send my answers",
    "QUESTIONS, es, Enviar mis respuestas",
    "THANKS, en, We have your answers",
    "THANKS?advice=CALLED, es, le llamará sobre ellas",
    "THANKS?advice=ALARM, en, Call 112 or us now",
    "THANKS?advice=ALARM, es, Busque ayuda ahora"
  })
  void saysItInTheLanguageOfThePatient(String screen, String language, String text)
      throws Exception {
    assertThat(page("/screen/" + screen, language))
        .contains(text)
        .contains("lang=\"" + language + '"')
        .contains("Example Hospital")
        .doesNotContain("??");
  }

  /** What comes before the date of birth tells nothing of why. */
  @Test
  void nothingIsToldBeforeTheDateOfBirth() throws Exception {
    for (String screen : List.of("UNKNOWN", "GONE", "LOCKED", "BIRTH")) {
      assertThat(page("/screen/" + screen, "en").toLowerCase(Locale.ROOT))
          .doesNotContain("pain")
          .doesNotContain("spine")
          .doesNotContain("treatment")
          .doesNotContain("vertebroplasty");
    }
  }
}
