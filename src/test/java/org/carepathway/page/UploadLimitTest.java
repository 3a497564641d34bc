package org.carepathway.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.carepathway.worklist.web.OwnMessages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.web.servlet.MultipartProperties;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

class UploadLimitTest {

  @ParameterizedTest
  @CsvSource({
    "multipart/form-data; boundary=x, 1048577, 413",
    "multipart/form-data; boundary=x, 1048576, 200",
    "multipart/form-data; boundary=x, 0, 200",
    "application/fhir+json, 1048577, 200",
    ", 1048577, 200",
  })
  void filesThatAreTooLargeAreRefusedBeforeTheyAreRead(String type, int bytes, int status)
      throws Exception {
    MultipartProperties most = new MultipartProperties();
    most.setMaxRequestSize(DataSize.ofMegabytes(1));
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/referrals");
    request.setContentType(type);
    request.setContent(new byte[bytes]);
    MockHttpServletResponse response = new MockHttpServletResponse();
    MockFilterChain chain = new MockFilterChain();

    new UploadLimit(most, OwnMessages.SOURCE).doFilter(request, response, chain);

    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(response.getContentAsString().contains("20 MB")).isEqualTo(status == 413);
    assertThat(chain.getRequest() == null).isEqualTo(status == 413);
  }
}
