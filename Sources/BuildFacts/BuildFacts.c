#include "BuildFacts.h"

const char *relink_build_commit(void) { return RELINK_COMMIT; }
