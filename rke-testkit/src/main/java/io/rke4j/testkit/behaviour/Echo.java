package io.rke4j.testkit.behaviour;

import java.util.List;

/** {@code echo} with its options {@code -n} and {@code -e}, as busybox and bash take them. */
final class Echo {

  private Echo() {}

  static String text(List<String> arguments) {
    int options = 0;
    while (options < arguments.size() && arguments.get(options).matches("-[neE]+")) {
      options++;
    }
    String given = String.join("", arguments.subList(0, options));
    String text = String.join(" ", arguments.subList(options, arguments.size()));
    return (given.contains("e") ? unescaped(text) : text) + (given.contains("n") ? "" : "\n");
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char sign = text.charAt(at);
      if (sign != '\\' || at + 1 == text.length()) {
        plain.append(sign);
        continue;
      }
      char next = text.charAt(++at);
      switch (next) {
        case 'n' -> plain.append('\n');
        case 't' -> plain.append('\t');
        case 'r' -> plain.append('\r');
        case '\\' -> plain.append('\\');
        default -> plain.append(sign).append(next);
      }
    }
    return plain.toString();
  }
}
