package dev.plait.storage.lmdb;

/** Where the system has larger pages, what the engine writes is found sound as well. */
class LargePageCheckSoundTest extends PageCheckSoundTest {

  @Override
  int pageSize() {
    return DataFiles.LARGE_PAGE;
  }
}
