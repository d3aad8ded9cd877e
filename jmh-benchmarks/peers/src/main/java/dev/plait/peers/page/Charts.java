package dev.plait.peers.page;

import dev.plait.peers.run.Results;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/**
 * Bar charts of a section's columns, one beside the other in one picture. Plait is dark and the
 * others are light, everywhere, so that a print in grey says the same; each bar has its name below
 * and its figure above it. Where the greatest is more than twenty times the least the axis is
 * logarithmic, and says so.
 */
final class Charts {
  private static final Color OURS = new Color(0x08, 0x30, 0x6b);
  private static final Color PEERS = new Color(0xfd, 0xae, 0x6b);
  private static final int WIDTH = 420;
  private static final int HEIGHT = 300;
  private static final int ACROSS = 3;

  /** Dots for each point, so that the picture is sharp on any screen. */
  private static final int SCALE = 2;

  private static final double WIDE_RANGE = 20;
  private static final int MOST_NAMES = 20;

  private final Results results;

  Charts(Results results) {
    this.results = results;
  }

  /** Draws the columns of a section as a PNG file; false if there is nothing to draw. */
  boolean draw(Section section, Path file) throws IOException {
    List<CategoryChart> charts = new ArrayList<>();
    for (Column column : section.columns()) {
      CategoryChart chart = chart(column);
      if (chart != null) {
        charts.add(chart);
      }
    }
    if (charts.isEmpty()) {
      return false;
    }
    int width = WIDTH * Math.min(ACROSS, charts.size());
    int height = HEIGHT * ((charts.size() + ACROSS - 1) / ACROSS);
    BufferedImage image =
        new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    paint(charts, graphics);
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
    return true;
  }

  private static void paint(List<CategoryChart> charts, Graphics2D graphics) {
    for (int i = 0; i < charts.size(); i++) {
      Graphics2D part = (Graphics2D) graphics.create();
      part.translate(i % ACROSS * WIDTH, i / ACROSS * HEIGHT);
      charts.get(i).paint(part, WIDTH, HEIGHT);
      part.dispose();
    }
  }

  private @Nullable CategoryChart chart(Column column) {
    List<String> names = new ArrayList<>();
    List<@Nullable Double> ours = new ArrayList<>();
    List<@Nullable Double> peers = new ArrayList<>();
    double least = Double.MAX_VALUE;
    double most = 0;
    for (String participant : results.participants()) {
      Double exact = column.value(results, participant);
      if (exact != null && exact > 0) {
        double value = Figures.rounded(exact);
        boolean isOurs = participant.equals("plait");
        names.add(participant);
        ours.add(isOurs ? value : null);
        peers.add(isOurs ? null : value);
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    if (names.isEmpty()) {
      return null;
    }
    boolean logarithmic = most > WIDE_RANGE * least;
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(column.title() + (logarithmic ? " (log scale)" : ""))
            .theme(Styler.ChartTheme.XChart)
            .build();
    style(chart, logarithmic, least, most);
    chart.addSeries("plait", names, ours).setFillColor(OURS);
    if (peers.stream().anyMatch(Objects::nonNull)) {
      chart.addSeries("peers", names, peers).setFillColor(PEERS);
    }
    return chart;
  }

  private static void style(CategoryChart chart, boolean logarithmic, double least, double most) {
    var styler = chart.getStyler();
    styler.setOverlapped(true);
    styler.setAvailableSpaceFill(0.75);
    styler.setLegendVisible(false);
    styler.setLabelsVisible(true);
    styler.setLabelsPosition(1.05);
    styler.setLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
    styler.setXAxisLabelRotation(35);
    styler.setXAxisMaxLabelCount(MOST_NAMES);
    styler.setDecimalPattern("#,##0.####");
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 12));
    styler.setChartTitleBoxVisible(false);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setYAxisDecimalPattern("#,###.###");
    styler.setYAxisLogarithmic(logarithmic);
    styler.setYAxisLogarithmicDecadeOnly(true);
    if (logarithmic) {
      styler.setYAxisMin(Math.pow(10, Math.floor(Math.log10(least))));
      styler.setYAxisMax(Math.pow(10, Math.ceil(Math.log10(most * 1.5))));
    } else {
      styler.setYAxisMin(0.0);
      styler.setYAxisMax(most * 1.15);
    }
  }
}
