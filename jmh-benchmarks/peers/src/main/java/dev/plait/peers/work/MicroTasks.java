package dev.plait.peers.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The tasks B1 to B3 of the crdt-benchmarks of Kevin Jahns (github.com/dmonad/crdt-benchmarks),
 * written anew after their description: B1 has one user at work and one who follows, B2 two who
 * work apart, B3 many who do one thing each.
 */
final class MicroTasks {
  private static final int LETTERS = 26;
  private static final int LONGEST_WORD = 10;
  private static final int CROWD_FACTOR = 20;

  private final int n;
  private final List<Script> scripts = new ArrayList<>();
  private SplittableRandom random = new SplittableRandom(0);

  private MicroTasks(int n) {
    this.n = n;
  }

  /**
   * All of them.
   *
   * @param n how much is done in each; 6,000 in the original
   */
  static List<Script> of(int n) {
    MicroTasks tasks = new MicroTasks(n);
    tasks.oneUserAndText();
    tasks.oneUserAndList();
    tasks.twoUsers();
    tasks.manyUsers();
    return tasks.scripts;
  }

  // ---- B1

  private void oneUserAndText() {
    text("B1.1 append characters", writer -> writer.each(i -> writer.insertAt(i, character())));
    text("B1.2 insert a string", writer -> writer.insertAt(0, string(n)));
    text("B1.3 prepend characters", writer -> writer.each(i -> writer.insertAt(0, character())));
    text(
        "B1.4 insert characters anywhere",
        writer -> writer.each(i -> writer.insertAt(writer.anywhere(), character())));
    text(
        "B1.5 insert words anywhere",
        writer -> writer.each(i -> writer.insertAt(writer.anywhere(), word())));
    text(
        "B1.6 insert a string, delete it",
        writer -> {
          writer.insertAt(0, string(n));
          writer.delete(0, n);
        });
    text("B1.7 insert and delete anywhere", writer -> writer.each(i -> writer.editAnywhere()));
  }

  private void oneUserAndList() {
    list("B1.8 append numbers", i -> new Edit.ListInsert(i, List.of(number())));
    List<Object> numbers = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      numbers.add(number());
    }
    script("B1.9 insert an array", Root.LIST, List.of(one(new Edit.ListInsert(0, numbers))), null);
    list("B1.10 prepend numbers", i -> new Edit.ListInsert(0, List.of(number())));
    list(
        "B1.11 insert numbers anywhere",
        i -> new Edit.ListInsert(random.nextInt(i + 1), List.of(number())));
  }

  // ---- B2

  private void twoUsers() {
    apart("B2.1 insert strings at one place", writer -> writer.insertAt(0, string(n)));
    apart(
        "B2.2 insert characters anywhere",
        writer -> writer.each(i -> writer.insertAt(writer.anywhere(), character())));
    apart(
        "B2.3 insert words anywhere",
        writer -> writer.each(i -> writer.insertAt(writer.anywhere(), word())));
    apart("B2.4 insert and delete anywhere", writer -> writer.each(i -> writer.editAnywhere()));
  }

  // ---- B3

  private void manyUsers() {
    crowd("B3.1 set a number in a map", Root.MAP, user -> new Edit.Put("v", (long) user));
    crowd(
        "B3.2 set an object in a map",
        Root.MAP,
        user -> new Edit.Put("v", Map.of("name", "user " + user, "address", "here")));
    crowd(
        "B3.3 set a string in a map",
        Root.MAP,
        user -> new Edit.Put("v", "a string of some length by user " + user));
    crowd(
        "B3.4 insert into a list",
        Root.LIST,
        user -> new Edit.ListInsert(0, List.of("by user " + user)));
  }

  // ---- making them

  private void text(String name, Consumer<Writer> work) {
    Writer writer = write(work);
    script(name, Root.TEXT, List.of(writer.transactions), writer.text.toString());
  }

  private void apart(String name, Consumer<Writer> work) {
    Writer one = write(work);
    Writer other = write(work);
    script(name, Root.TEXT, List.of(one.transactions, other.transactions), one.text.toString());
  }

  private Writer write(Consumer<Writer> work) {
    Writer writer = new Writer();
    work.accept(writer);
    return writer;
  }

  private void list(String name, IntFunction<Edit> edit) {
    List<List<Edit>> transactions = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      transactions.add(List.of(edit.apply(i)));
    }
    script(name, Root.LIST, List.of(transactions), null);
  }

  private void crowd(String name, Root root, IntFunction<Edit> edit) {
    List<List<List<Edit>>> users = new ArrayList<>();
    int size = CROWD_FACTOR * (int) Math.sqrt(n);
    for (int user = 0; user < size; user++) {
      users.add(one(edit.apply(user)));
    }
    script(name, root, users, null);
  }

  private static List<List<Edit>> one(Edit edit) {
    return List.of(List.of(edit));
  }

  private void script(String name, Root root, List<List<List<Edit>>> users, @Nullable String end) {
    scripts.add(new Script(name, root, users, end));
    random = new SplittableRandom(scripts.size());
  }

  private String character() {
    return String.valueOf((char) ('a' + random.nextInt(LETTERS)));
  }

  private String string(int length) {
    StringBuilder string = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      string.append(character());
    }
    return string.toString();
  }

  private String word() {
    return string(1 + random.nextInt(LONGEST_WORD));
  }

  private Object number() {
    return (long) random.nextInt(1 << 30);
  }

  /** A user at a text, one edit in each transaction. */
  private final class Writer {
    final StringBuilder text = new StringBuilder();
    final List<List<Edit>> transactions = new ArrayList<>();

    void each(IntConsumer edit) {
      for (int i = 0; i < n; i++) {
        edit.accept(i);
      }
    }

    int anywhere() {
      return random.nextInt(text.length() + 1);
    }

    void insertAt(int position, String string) {
      text.insert(position, string);
      transactions.add(List.of(new Edit.Insert(position, string)));
    }

    void delete(int position, int length) {
      text.delete(position, position + length);
      transactions.add(List.of(new Edit.Delete(position, length)));
    }

    void editAnywhere() {
      if (text.length() == 0 || random.nextBoolean()) {
        insertAt(anywhere(), word());
      } else {
        int position = random.nextInt(text.length());
        delete(position, Math.min(text.length() - position, 1 + random.nextInt(LONGEST_WORD)));
      }
    }
  }
}
