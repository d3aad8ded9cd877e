package dev.plait.properties.defect;

import java.util.List;

class PlantedDefectsTest extends DefectContract {
  @Override
  protected List<Defect> defects() {
    return PlantedDefects.ALL;
  }

  @Override
  protected String prefix() {
    return "dev.plait.";
  }
}
