package dev.plait.cli.store;

import dev.plait.clock.VersionVector;
import dev.plait.document.ApplyReport;
import dev.plait.document.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/*
 * A ZIP file with one or two entries for each document, by the document's name, percent-encoded:
 * NAME.snapshot, its state, where its history was compacted, and NAME.changes, a bundle of all its
 * changes, or of those that are not in the state. All that could differ between two machines is
 * fixed, so equal documents give equal files.
 */
/** Documents on their way in one file. */
final class Archive {
  private static final String SNAPSHOT = ".snapshot";
  private static final String CHANGES = ".changes";

  /** No entry is older, and none is newer. */
  private static final LocalDateTime MADE = LocalDateTime.of(1980, 1, 1, 0, 0);

  /** More than any bundle within the limits, and little enough to be read at once. */
  private static final int MAX_ENTRY_BYTES = 1 << 30;

  private Archive() {}

  /** Writes documents, in the order of names. */
  static final class Writer implements AutoCloseable {
    private final ZipOutputStream out;

    Writer(OutputStream file) {
      this.out = new ZipOutputStream(file, StandardCharsets.UTF_8);
    }

    void add(Document document) throws IOException {
      VersionVector since = VersionVector.EMPTY;
      if (!document.historyFloor().isEmpty()) {
        put(document.name() + SNAPSHOT, document.encodedSnapshot());
        since = document.versionVector();
      }
      if (!since.dominates(document.heldVersion())) {
        put(document.name() + CHANGES, document.changesSince(since));
      }
    }

    private void put(String name, byte[] bytes) throws IOException {
      ZipEntry entry = new ZipEntry(URLEncoder.encode(name, StandardCharsets.UTF_8));
      entry.setTimeLocal(MADE);
      out.putNextEntry(entry);
      out.write(bytes);
      out.closeEntry();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** Where what is read goes. */
  interface Documents {
    /** The document of this name. */
    Document named(String name);

    /** What became of the changes in one entry. */
    void taken(String name, ApplyReport report);
  }

  /**
   * Reads an archive into documents; gives how many entries there were.
   *
   * @throws DataException FILE_UNUSABLE if something else is in it
   */
  static int read(InputStream file, Documents documents) throws IOException {
    int entries = 0;
    try (ZipInputStream in = new ZipInputStream(file, StandardCharsets.UTF_8)) {
      for (ZipEntry entry = next(in); entry != null; entry = next(in)) {
        String name = decoded(entry.getName());
        byte[] bytes = in.readNBytes(MAX_ENTRY_BYTES);
        if (bytes.length == MAX_ENTRY_BYTES) {
          throw unusable("the entry " + entry.getName() + " is above " + MAX_ENTRY_BYTES);
        }
        take(name, bytes, documents);
        entries++;
      }
    }
    return entries;
  }

  private static @Nullable ZipEntry next(ZipInputStream in) throws IOException {
    try {
      return in.getNextEntry();
    } catch (IllegalArgumentException badName) {
      throw unusable("the name of an entry is not UTF-8");
    }
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badName) {
      throw unusable("the name of the entry " + Quoted.of(name) + " is not percent-encoded");
    }
  }

  private static void take(String entry, byte[] bytes, Documents documents) {
    if (entry.endsWith(SNAPSHOT)) {
      String name = entry.substring(0, entry.length() - SNAPSHOT.length());
      documents.taken(name, documents.named(name).join(bytes));
    } else if (entry.endsWith(CHANGES)) {
      String name = entry.substring(0, entry.length() - CHANGES.length());
      documents.taken(name, documents.named(name).apply(bytes));
    } else {
      throw unusable("it holds " + entry);
    }
  }

  private static DataException unusable(String why) {
    return new DataException(
        DataException.FILE_UNUSABLE, "this is not what plait export writes: " + why, null);
  }
}
