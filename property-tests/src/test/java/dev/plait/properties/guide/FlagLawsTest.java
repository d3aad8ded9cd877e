package dev.plait.properties.guide;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plait.properties.history.Choice;
import dev.plait.properties.law.Author;
import dev.plait.properties.law.CrdtLaws;
import dev.plait.properties.law.Subject;

class FlagLawsTest extends CrdtLaws<Flag, Flag.Edit> {
  FlagLawsTest() {
    super(new FlagSubject());
  }

  private static final class FlagSubject implements Subject<Flag, Flag.Edit> {
    @Override
    public Flag empty() {
      return new Flag();
    }

    @Override
    public Flag.Edit edit(Flag flag, Choice choice, Author author) {
      return choice.kindOf(2) == 0 ? flag.raise(author.name()) : flag.lower();
    }

    @Override
    public void apply(Flag flag, Flag.Edit edit) {
      flag.apply(edit);
    }

    @Override
    public void join(Flag flag, Flag other) {
      flag.join(other);
    }

    @Override
    public byte[] canonical(Flag flag) {
      return flag.saved().getBytes(UTF_8);
    }

    @Override
    public Flag load(byte[] snapshot) {
      return Flag.from(new String(snapshot, UTF_8));
    }

    @Override
    public String wordsOf(Flag.Edit edit) {
      return edit.raises() ? "raises the flag" : "lowers the flag";
    }

    @Override
    public String show(Flag flag) {
      return flag.isUp() ? "up" : "down";
    }
  }
}
