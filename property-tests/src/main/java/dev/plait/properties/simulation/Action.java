package dev.plait.properties.simulation;

import java.util.List;

/**
 * One step of a simulation. Its numbers are taken modulo what is there, so every action fits every
 * situation, and a script from which actions were taken out is one too.
 *
 * @param verb what is done
 * @param a as the verb says, mostly a machine
 * @param b as the verb says
 * @param c as the verb says
 */
record Action(Verb verb, int a, int b, int c) {

  /** The same in every JVM, which the hash of an enum is not. */
  long fingerprint() {
    return 31L * (31L * (31L * verb.name().hashCode() + a) + b) + c;
  }

  /** The line of a script that says this. */
  String line() {
    return verb + " " + a + " " + b + " " + c;
  }

  /**
   * What a line of a script says.
   *
   * @throws IllegalArgumentException if it says nothing
   */
  static Action parse(String line) {
    List<String> words = List.of(line.strip().split(" +", -1));
    if (words.size() != 4) {
      throw new IllegalArgumentException("an action is a verb and three numbers, not: " + line);
    }
    return new Action(
        Verb.valueOf(words.get(0)),
        Integer.parseInt(words.get(1)),
        Integer.parseInt(words.get(2)),
        Integer.parseInt(words.get(3)));
  }
}
