package dev.plait.properties.guide;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plait.properties.history.Choice;
import dev.plait.properties.law.Author;
import dev.plait.properties.law.CrdtLaws;
import dev.plait.properties.law.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is not run by the build, but by the test of the guide: not all laws hold. */
class HastySetLaws extends CrdtLaws<HastySet, HastySet.Edit> {
  HastySetLaws() {
    super(new SetSubject());
  }

  private static final class SetSubject implements Subject<HastySet, HastySet.Edit> {
    @Override
    public HastySet empty() {
      return new HastySet();
    }

    @Override
    public HastySet.@Nullable Edit edit(HastySet set, Choice choice, Author author) {
      String value = choice.contentOf(List.of("x", "y"));
      if (choice.kindOf(2) == 0) {
        return set.apply(new HastySet.Edit.Add(author.ids(1).text(), value));
      }
      return set.values().contains(value) ? set.apply(new HastySet.Edit.Remove(value)) : null;
    }

    @Override
    public void apply(HastySet set, HastySet.Edit edit) {
      set.apply(edit);
    }

    @Override
    public void join(HastySet set, HastySet other) {
      set.join(other);
    }

    @Override
    public byte[] canonical(HastySet set) {
      return set.saved().getBytes(UTF_8);
    }

    @Override
    public HastySet load(byte[] snapshot) {
      return HastySet.from(new String(snapshot, UTF_8));
    }

    @Override
    public String wordsOf(HastySet.Edit edit) {
      return edit instanceof HastySet.Edit.Add add
          ? "adds " + add.value()
          : "removes " + ((HastySet.Edit.Remove) edit).value();
    }

    @Override
    public String show(HastySet set) {
      return set.values().toString();
    }
  }
}
