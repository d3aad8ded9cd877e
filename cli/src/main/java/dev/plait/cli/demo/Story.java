package dev.plait.cli.demo;

import dev.plait.clock.VersionVector;
import dev.plait.document.MapEditor;
import dev.plait.document.TextEditor;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happens in the demo, in three acts. */
final class Story {
  private static final long FOUR_MINUTES = 240_000;

  private final Cast cast;
  private final Narrator narrator;
  private final Participant ada;
  private final Participant ben;
  private final Participant cleo;

  Story(Cast cast, Narrator narrator) {
    this.cast = cast;
    this.narrator = narrator;
    this.ada = cast.ada();
    this.ben = cast.ben();
    this.cleo = cast.cleo();
  }

  /**
   * Plays all acts.
   *
   * @return whether all three ended with the same
   */
  boolean tell() {
    narrator.say(
        "Ada, Ben and Cleo write the README of a project together and keep a task board beside it."
            + " Each has a replica in a SQLite file of their own; there is no server.");
    for (Participant person : cast.people()) {
      narrator.fact(
          person.name(), "replica " + person.replica().id().brief() + ", " + person.file());
    }
    together();
    apart();
    return again();
  }

  // ---- act 1

  private void together() {
    narrator.act("1. Together");
    cast.goOnline();
    List<String> parts = Readme.parts();
    type(ada, parts.get(0));
    type(ben, parts.get(1));
    type(cleo, parts.get(2));
    ada.edit(
        tx -> {
          task(tx.map("board"), "release", "Make the first release");
          task(tx.map("board"), "logo", "Draw a logo");
          tx.set("labels").add("draft");
          tx.mvRegister("slogan").set("Merge without fear");
        });
    ben.edit(tx -> tx.counter("votes").increment());
    cast.pass(5_000);

    boolean asWritten = cast.people().stream().allMatch(one -> one.readme().equals(Readme.text()));
    narrator.does(
        "They are online and type the README in turns, a line a transaction: Ada its beginning, Ben"
            + " the next section, Cleo the rest.");
    narrator.does("Ada puts two tasks on the board and the label \"draft\" on the project.");
    narrator.does("Ben gives the project the first vote.");
    narrator.say(
        (asWritten ? "All three now read the README, word for word" : "The README differs")
            + " ("
            + ada.readme().length()
            + " characters), and each connection "
            + (cast.allInSync() ? "says: in sync." : "is still at work."));
  }

  private void type(Participant person, String part) {
    int from = 0;
    while (from < part.length()) {
      int newline = part.indexOf('\n', from);
      int to = newline < 0 ? part.length() : newline + 1;
      String line = part.substring(from, to);
      person.edit(tx -> tx.text("readme").append(line));
      cast.pass(300);
      from = to;
    }
  }

  private static void task(MapEditor board, String key, String title) {
    MapEditor task = board.map(key);
    task.put("title", title);
    task.put("owner", "nobody");
    task.put("done", false);
    task.text("notes");
  }

  // ---- act 2

  private void apart() {
    narrator.act("2. Apart");
    cast.goOffline();
    narrator.say("The network is gone. Everybody goes on; every write is final at once, on disk.");
    ada.edit(
        tx -> {
          insertAfterTitle(tx.text("readme"), "Ada was here, offline, on a train.\n");
          tx.set("labels").remove("draft");
          tx.counter("votes").add(2);
          tx.map("board").map("release").put("owner", "Ada");
          tx.map("board").map("logo").text("notes").insert(0, "A braid of three strands?");
        });
    narrator.does(
        "Ada adds a line below the title, takes the label \"draft\" off, votes twice, takes the"
            + " release, and notes an idea for the logo.");
    cast.pass(60_000);
    ben.edit(
        tx -> {
          insertAfterTitle(tx.text("readme"), "Ben too, up a mountain.\n");
          tx.map("board").remove("logo");
          tx.counter("votes").add(1);
          tx.mvRegister("slogan").set("Edits that never fight");
        });
    deleteTitle(ben);
    narrator.does(
        "Ben adds a line at the same place, deletes the title, removes the logo from the board,"
            + " votes once and writes a slogan.");
    cast.pass(60_000);
    cleo.edit(
        tx -> {
          tx.text("readme").insert(titleOf(tx.text("readme").toString()), " (beta)");
          tx.set("labels").add("draft");
          tx.counter("votes").add(1);
          tx.mvRegister("slogan").set("Write first, meet later");
          tx.map("board").map("release").put("owner", "Cleo");
        });
    narrator.does(
        "Cleo writes \"(beta)\" into the title, puts the label \"draft\" on again, votes once, writes"
            + " a slogan and takes the release, a minute after Ada.");
    crash();
  }

  /** Cleo's process is lost; what it had acknowledged is not. */
  private void crash() {
    VersionVector before = cleo.document().versionVector();
    long hash = cleo.document().stateHash();
    var clock = cleo.replica().clock().peek();
    cleo.loseProcessAndReopen(FOUR_MINUTES);
    boolean same =
        before.equals(cleo.document().versionVector()) && hash == cleo.document().stateHash();
    cleo.edit(tx -> tx.map("board").map("release").text("notes").append("Tag it on Friday."));
    boolean later = cleo.replica().clock().peek().isAfter(clock);
    narrator.does(
        "Cleo's battery dies. The replica is opened again from its file: "
            + (same ? "everything is there, " : "SOMETHING IS MISSING, ")
            + "and although the wall clock of the machine now runs four minutes late, its clock "
            + (later ? "goes on from where it was." : "WENT BACK."));
    if (!same || !later) {
      throw new IllegalStateException("the reopened replica is not what it was");
    }
  }

  private static int titleOf(String readme) {
    int end = readme.indexOf('\n');
    return end < 0 ? readme.length() : end;
  }

  private static void insertAfterTitle(TextEditor readme, String line) {
    readme.insert(titleOf(readme.toString()) + 1, line);
  }

  private static void deleteTitle(Participant person) {
    person.edit(tx -> tx.text("readme").delete(0, titleOf(tx.text("readme").toString())));
  }

  // ---- act 3

  private boolean again() {
    narrator.act("3. Together again");
    cast.goOnline();
    cast.pass(30_000);
    narrator.say(
        "The network is back, and the replicas tell each other what they lack. Nobody has to"
            + " resolve anything:");
    explain();
    narrator.blank();
    ben.edit(tx -> tx.mvRegister("slogan").set("Write first, meet later"));
    cast.pass(5_000);
    narrator.say(
        "Ben settles the slogan: "
            + ada.document().mvRegister("slogan").values()
            + " is what everybody sees now.");
    return compare();
  }

  private void explain() {
    String top = ada.readme().lines().limit(3).collect(Collectors.joining("\n"));
    narrator.settled(
        "Two lines at one place, one word in a deleted title",
        "Both lines stand, whole, and so does Cleo's word; the title it was written into is gone:",
        "an element deleted by anyone is deleted, whatever is inserted beside it stays; insertions"
            + " at one place are never mixed, the smaller replica id comes first (FugueMax).");
    narrator.quote(top);
    var release = ada.document().map("board").map("release");
    narrator.settled(
        "Ada and Cleo both took the release",
        "Its owner is " + shown(release.get("owner")) + ".",
        "for each key of a map the last writer wins, by the stamps of the hybrid logical clock.");
    narrator.settled(
        "Ben removed the logo while Ada wrote a note on it",
        ada.document().map("board").contains("logo")
            ? "It is on the board again, with what Ben had not seen: \""
                + ada.document().map("board").map("logo").text("notes")
                + "\""
            : "It is gone.",
        "removing a child takes away what the remover had seen; edits made beside it survive and"
            + " show it again.");
    narrator.settled(
        "Ada took the label \"draft\" off, Cleo put it on",
        "The labels are " + ada.document().set("labels").values() + ".",
        "in a set an add survives a concurrent remove.");
    narrator.settled(
        "Everybody voted",
        "There are " + ada.document().counter("votes").value() + " votes: 1 + 2 + 1 + 1.",
        "all increments of a counter count.");
    narrator.settled(
        "Ben and Cleo each wrote a slogan",
        "Both are kept: " + ada.document().mvRegister("slogan").values(),
        "a multi-value register shows concurrent writes until somebody settles them.");
  }

  private static String shown(@Nullable Value value) {
    return value == null ? "nobody" : value.asString();
  }

  private boolean compare() {
    narrator.act("The end");
    List<Long> hashes = new ArrayList<>();
    for (Participant person : cast.people()) {
      long hash = person.document().stateHash();
      hashes.add(hash);
      narrator.fact(
          person.name(),
          "state "
              + Long.toHexString(hash)
              + "  ("
              + person.document().changes(VersionVector.empty()).size()
              + " changes)");
    }
    boolean same = hashes.stream().distinct().count() == 1 && cast.allInSync();
    narrator.say(
        same
            ? "Three replicas, one state, and every connection says so: in sync."
            : "THE REPLICAS DIFFER. This is a defect; please report it with this output.");
    return same;
  }
}
