package dev.plait.storage.lmdb;

/** Where the system has larger pages, damage is noticed as well. */
class LargePageCheckDamageTest extends PageCheckDamageTest {

  @Override
  int pageSize() {
    return DataFiles.LARGE_PAGE;
  }
}
