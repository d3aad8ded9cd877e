package dev.plait.crdt;

import dev.plait.value.Content;
import java.util.ArrayList;
import java.util.List;

/** What the delta algorithms need to know of pieces of a text or of a list. */
interface Pieces<P> {
  Pieces<String> OF_TEXT = new OfText();
  Pieces<List<Content>> OF_LIST = new OfList();

  int length(P piece);

  P part(P piece, int from, int to);

  P join(List<P> pieces);

  /** Pieces of a text, in UTF-16 units. */
  record OfText() implements Pieces<String> {
    @Override
    public int length(String piece) {
      return piece.length();
    }

    @Override
    public String part(String piece, int from, int to) {
      return piece.substring(from, to);
    }

    @Override
    public String join(List<String> pieces) {
      return String.join("", pieces);
    }
  }

  /** Pieces of a list, in elements. */
  record OfList() implements Pieces<List<Content>> {
    @Override
    public int length(List<Content> piece) {
      return piece.size();
    }

    @Override
    public List<Content> part(List<Content> piece, int from, int to) {
      return piece.subList(from, to);
    }

    @Override
    public List<Content> join(List<List<Content>> pieces) {
      ArrayList<Content> joined = new ArrayList<>();
      for (List<Content> piece : pieces) {
        joined.addAll(piece);
      }
      return List.copyOf(joined);
    }
  }
}
