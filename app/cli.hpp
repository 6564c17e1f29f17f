#pragma once

namespace adal::app {

/// `adal-terminal`: the window, or one of its commands. Exit 0: done. 1: the world was wrong, with a sentence on
/// stderr. 2: wrong usage.
int run(int argc, char** argv);

} // namespace adal::app
