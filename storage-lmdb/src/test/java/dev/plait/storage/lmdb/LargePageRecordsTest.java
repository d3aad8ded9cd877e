package dev.plait.storage.lmdb;

/** Where the system has larger pages, what damage left whole is found as well. */
class LargePageRecordsTest extends PageRecordsTest {

  @Override
  int pageSize() {
    return DataFiles.LARGE_PAGE;
  }
}
