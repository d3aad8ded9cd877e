package dev.plait.properties.crdt;

import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.crdt.Text;
import dev.plait.crdt.TextDelta;
import dev.plait.properties.history.Choice;
import dev.plait.properties.law.Author;
import org.jspecify.annotations.Nullable;

class TextProperties extends TypeLaws<Text, String> {
  TextProperties() {
    super(new TextSubject());
  }

  private static final class TextSubject implements TypeUnderTest<Text, String> {
    @Override
    public Text empty() {
      return new Text();
    }

    @Override
    public Text of(State state) {
      return Text.of((State.OfText) state);
    }

    @Override
    public @Nullable Operation edit(
        Text text, Choice choice, Author author, @Nullable Rollback rollback) {
      int index = whole(text, choice.placeUpTo(text.length()));
      int end = whole(text, Math.min(text.length(), index + 1 + choice.size() % 4));
      if (choice.kindOf(3) == 0 && index < end) {
        return text.delete(index, end - index, rollback);
      }
      String inserted = choice.contentOf(Words.TEXTS);
      return text.insert(index, inserted, author.ids(inserted.length()), rollback);
    }

    /** The index itself, or the one before it if it lies between the halves of a pair. */
    private static int whole(Text text, int index) {
      boolean splits =
          index > 0
              && index < text.length()
              && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
      return splits ? index - 1 : index;
    }

    @Override
    public String visible(Text text) {
      return text.toString();
    }

    @Override
    public String patched(String before, Patch patch) {
      return ((TextDelta) patch).applyTo(before);
    }

    @Override
    public boolean mayReplaceByAlike() {
      return true;
    }
  }
}
