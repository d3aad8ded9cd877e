package dev.plait.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Pattern ROW = Pattern.compile("\\| `(max\\w+)` \\| ([0-9 ]+) \\|.*");

  private static Map<String, Long> values(Limits limits) throws ReflectiveOperationException {
    Map<String, Long> values = new LinkedHashMap<>();
    for (RecordComponent component : Limits.class.getRecordComponents()) {
      Number value = (Number) component.getAccessor().invoke(limits);
      values.put(component.getName(), value.longValue());
    }
    return values;
  }

  @Test
  void pageOnFormatsTellsTheDefaults() throws IOException, ReflectiveOperationException {
    Map<String, Long> told = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "formats.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        told.put(row.group(1), Long.valueOf(row.group(2).replace(" ", "")));
      }
    }
    assertEquals(values(Limits.defaults()), told);
  }

  @Test
  void builderSetsOneLimitAndKeepsTheOthers() throws ReflectiveOperationException {
    Map<String, Long> defaults = values(Limits.defaults());
    for (String name : defaults.keySet()) {
      Class<?> type = name.equals("maxPendingBytes") ? long.class : int.class;
      Limits.Builder builder = Limits.defaults().toBuilder();
      Limits.Builder.class.getMethod(name, type).invoke(builder, 7);
      Limits changed = builder.build();
      assertNotEquals(Limits.defaults(), changed, name);
      assertEquals(changed, changed.toBuilder().build(), name);
      Map<String, Long> expected = new LinkedHashMap<>(defaults);
      expected.put(name, 7L);
      assertEquals(expected, values(changed));
    }
  }

  @Test
  void limitsAreFromOne() {
    Limits.Builder none = Limits.builder().maxDocuments(0);
    assertThrows(IllegalArgumentException.class, none::build);
    Limits.Builder less = Limits.builder().maxPendingBytes(-1);
    assertThrows(IllegalArgumentException.class, less::build);
  }
}
