package dev.plait.peers.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one library did of one task.
 *
 * @param chapter the part of the page, by the name of its constant
 * @param task by its label
 * @param reason why there is no figure; null if there is one
 * @param cold milliseconds of the first run in its process
 * @param times milliseconds of the later runs, in order
 * @param bytes what was sent, saved or held
 * @param changes how many were applied one by one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measurement(
    String participant,
    String version,
    String chapter,
    String script,
    String task,
    @Nullable String reason,
    @Nullable Double cold,
    @Nullable List<Double> times,
    @Nullable Long bytes,
    @Nullable Integer changes) {

  /**
   * The median of the later runs, of which the first half is for warming up; the first run of all
   * if it took so long that there was no other; null if there is none at all.
   */
  @JsonIgnore
  public @Nullable Double millis() {
    List<Double> later = times;
    if (later == null || later.isEmpty()) {
      return cold;
    }
    List<Double> warm = later.subList(later.size() / 2, later.size()).stream().sorted().toList();
    return (warm.get((warm.size() - 1) / 2) + warm.get(warm.size() / 2)) / 2;
  }
}
