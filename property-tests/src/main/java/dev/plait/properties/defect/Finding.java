package dev.plait.properties.defect;

/**
 * How a defect showed.
 *
 * @param failure the simple name of what the test threw, and the first line of its message
 * @param effort the tries of a property up to the failure; the seeds tried; 1 for a plain test
 */
record Finding(String failure, long effort) {
  static Finding of(Throwable failure, long effort) {
    String type = failure.getClass().getSimpleName();
    String message = failure.getMessage();
    String line = message == null ? "" : message.strip().lines().findFirst().orElse("");
    return new Finding(line.isEmpty() ? type : type + ": " + line, effort);
  }
}
