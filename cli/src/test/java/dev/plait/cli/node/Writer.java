package dev.plait.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plait.clock.Dot;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Writes to a document through a node, at random, and remembers what was acknowledged. */
final class Writer {
  static final String DOCUMENT = "shared";
  private static final int KINDS = 10;

  private final String name;
  private final RandomGenerator random;
  private NodeProcess node;
  private int serial;
  private final List<String> pledged = new ArrayList<>();
  private final List<Dot> dots = new ArrayList<>();

  Writer(String name, NodeProcess node, RandomGenerator random) {
    this.name = name;
    this.node = node;
    this.random = random;
  }

  /** Goes on with another process. */
  void moveTo(NodeProcess other) {
    node = other;
  }

  private static String request(String op, String rest) {
    return "{'op':'" + op + "','doc':'" + DOCUMENT + "'," + rest + "}";
  }

  /** Adds a member to a set from which nobody removes; not yet acknowledged. */
  String pledge() {
    serial++;
    return request("set.add", "'name':'pledges','value':'" + name + "-" + serial + "'");
  }

  /** The answer to a {@link #pledge()}, in the order of the pledges. */
  void acknowledged(JsonNode answer) {
    assertTrue(answer.get("ok").booleanValue(), answer::toString);
    dots.add(Dot.parse(answer.get("dot").textValue()));
    pledged.add(name + "-" + (pledged.size() + 1));
  }

  /** Forgets pledges that nobody acknowledged: they may be there or not. */
  void forgetUnanswered() {
    while (pledged.size() < serial) {
      pledged.add("");
    }
  }

  /** Edits each type of container once. */
  void editEachType() {
    acknowledged(node.ask(pledge()));
    for (int kind = 0; kind < KINDS; kind++) {
      editOne(kind);
    }
  }

  /** Makes some edits. */
  void edit(int count) {
    for (int i = 0; i < count; i++) {
      if (random.nextInt(4) == 0) {
        acknowledged(node.ask(pledge()));
      } else {
        editOne(random.nextInt(KINDS));
      }
    }
  }

  private void editOne(int kind) {
    JsonNode answer = node.ask(edit(kind, random.nextInt(100)));
    if (answer.get("ok").booleanValue()) {
      if (!answer.get("dot").isNull()) {
        dots.add(Dot.parse(answer.get("dot").textValue()));
      }
    } else {
      // A peer's deletion may come between the look and the edit.
      assertEquals("INDEX_OUT_OF_RANGE", answer.get("code").textValue(), answer::toString);
    }
  }

  private String edit(int kind, int number) {
    return switch (kind) {
      case 0, 1 ->
          request(
              "text.insert",
              "'name':'body','index':%d,'text':'%s%d '"
                  .formatted(random.nextInt(length("body") + 1), name, number));
      case 2 -> request("text.delete", "'name':'body','index':0,'length':1");
      case 3 -> request("set.add", "'name':'tags','value':" + number % 8);
      case 4 -> request("set.remove", "'name':'tags','value':" + number % 8);
      case 5 ->
          request(
              "map.put",
              "'name':'map','key':'k%d','value':{'by':'%s','n':[%d,1.5,null]}"
                  .formatted(number % 8, name, number));
      case 6 -> request("map.remove", "'name':'map','key':'k" + number % 8 + "'");
      case 7 -> request("counter.add", "'name':'hits','amount':" + (number < 50 ? 3 : -2));
      case 8 -> request("register.set", "'name':'title','value':'" + name + number + "'");
      default ->
          number % 3 == 0
              ? request("list.remove", "'name':'list','index':0")
              : request(
                  "list.insert",
                  "'name':'list','index':%d,'value':{'$bytes':'AP8='}"
                      .formatted(random.nextInt(length("list") + 1)));
    };
  }

  private int length(String root) {
    JsonNode answer = node.ask(request("get", "'name':'" + root + "'"));
    if (!answer.get("ok").booleanValue()) {
      return 0;
    }
    JsonNode value = answer.get("value");
    return value.isTextual() ? value.textValue().length() : value.size();
  }

  /** Checks that a node holds all that was acknowledged. */
  void assertNothingLost(NodeProcess holder) {
    JsonNode versions =
        holder.tell("{'op':'status','doc':'" + DOCUMENT + "'}").get("versionVector");
    for (Dot dot : dots) {
      long held = versions.path(dot.replica().toString()).asLong();
      assertTrue(held >= dot.counter(), () -> dot + " was acknowledged; held is " + versions);
    }
    List<String> members = new ArrayList<>();
    holder
        .tell(request("get", "'name':'pledges'"))
        .get("value")
        .forEach(member -> members.add(member.textValue()));
    for (String pledge : pledged) {
      assertTrue(pledge.isEmpty() || members.contains(pledge), () -> pledge + " is lost");
    }
  }
}
