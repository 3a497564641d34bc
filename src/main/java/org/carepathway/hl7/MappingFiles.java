package org.carepathway.hl7;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.carepathway.startup.StartUpException;

/** The files of the mapping: those of the site where it has them, else our own. */
final class MappingFiles {

  private static final String OWN = "/hl7/";
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setTrim(true)
          .setCommentMarker('#')
          .setIgnoreEmptyLines(true)
          .build();

  private final Path site;

  /**
   * @param site a folder; null for none
   */
  MappingFiles(Path site) {
    if (site != null && !Files.isDirectory(site)) {
      throw new StartUpException(
          "The folder of the HL7 v2 mapping is not there: " + site,
          "Correct carepathway.hl7.mapping, or leave it out for the mapping of the service.",
          null);
    }
    this.site = site;
  }

  boolean has(String name) {
    return isOfSite(name) || MappingFiles.class.getResource(OWN + name) != null;
  }

  /** The path of a file as its reader knows it. */
  String path(String name) {
    return isOfSite(name) ? site.resolve(name).toString() : "classpath:" + OWN + name;
  }

  List<CSVRecord> read(String name) {
    try (InputStream in =
            isOfSite(name)
                ? Files.newInputStream(site.resolve(name))
                : MappingFiles.class.getResourceAsStream(OWN + name);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return FORMAT.parse(reader).getRecords();
    } catch (IOException | IllegalArgumentException e) {
      throw new StartUpException(
          path(name) + " cannot be read as CSV: " + e.getMessage(), "Correct the file.", e);
    }
  }

  private boolean isOfSite(String name) {
    return site != null && Files.isRegularFile(site.resolve(name));
  }
}
