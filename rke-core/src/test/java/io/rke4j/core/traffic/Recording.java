package io.rke4j.core.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What was recorded on one host, as text: a line for each exchange.
 *
 * @param address the address of the host
 */
record Recording(String address, List<Exchange> exchanges) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The text of a file. */
  String text() throws JsonProcessingException {
    List<String> lines = new ArrayList<>(List.of(address));
    for (Exchange exchange : exchanges) {
      lines.add(JSON.writeValueAsString(exchange));
    }
    return String.join("\n", lines) + "\n";
  }

  /** Reads one that lies beside this class, with another address in place of the host's own. */
  static Recording read(String name, String newAddress) throws IOException {
    String text;
    try (var file = Recording.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IOException("there is no recording " + name);
      }
      text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> lines = text.lines().toList();
    String address = lines.get(0);
    List<Exchange> exchanges = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      exchanges.add(JSON.readValue(line.replace(address, newAddress), Exchange.class));
    }
    return new Recording(newAddress, exchanges);
  }
}
