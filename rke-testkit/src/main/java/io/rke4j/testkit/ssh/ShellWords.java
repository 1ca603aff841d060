package io.rke4j.testkit.ssh;

import java.util.ArrayList;
import java.util.List;

/** Takes a command line apart as a shell does that has only quotes and backslashes. */
final class ShellWords {

  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean begun;

  private ShellWords() {}

  static List<String> of(String line) {
    ShellWords reader = new ShellWords();
    int place = 0;
    while (place < line.length()) {
      place = reader.take(line, place);
    }
    reader.end();
    return reader.words;
  }

  private int take(String line, int place) {
    char next = line.charAt(place);
    if (Character.isWhitespace(next)) {
      end();
      return place + 1;
    }
    begun = true;
    if (next == '\'' || next == '"') {
      int close = line.indexOf(next, place + 1);
      int end = close < 0 ? line.length() : close;
      word.append(line, place + 1, end);
      return end + 1;
    }
    if (next == '\\' && place + 1 < line.length()) {
      word.append(line.charAt(place + 1));
      return place + 2;
    }
    word.append(next);
    return place + 1;
  }

  private void end() {
    if (begun) {
      words.add(word.toString());
    }
    word.setLength(0);
    begun = false;
  }
}
