package org.carepathway.answers.web;

import java.io.IOException;
import org.carepathway.answers.Files;
import org.carepathway.form.FileText;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;

/** Receives files for forms, for the script of the page. */
@Controller
class FilePage {

  private final Files files;

  FilePage(Files files) {
    this.files = files;
  }

  /** Answers with what the field of the form holds. */
  @PostMapping(value = "/files", produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
  @ResponseBody
  String receive(@RequestParam MultipartFile file) throws IOException {
    return FileText.of(files.keep(file.getOriginalFilename(), file.getBytes()));
  }
}
