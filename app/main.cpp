#include "app/cli.hpp"

int main(int argc, char** argv) { return adal::app::run(argc, argv); }
