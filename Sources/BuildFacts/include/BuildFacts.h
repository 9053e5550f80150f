#ifndef BUILD_FACTS_H
#define BUILD_FACTS_H

/// The commit that the program was built from; empty where nobody said so.
const char *relink_build_commit(void);

#endif
