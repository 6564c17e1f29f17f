#include "sync/hq/commands.hpp"

int main(int argc, char** argv) { return adal::sync::hq::run(argc, argv); }
