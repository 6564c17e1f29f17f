#pragma once
#include "content/base/expected.hpp"
#include <string>
#include <vector>

namespace adal::content {

/// One thing an author should mend: where, how grave, and what (a key of assets/strings with arguments).
struct Finding {
    enum class Gravity { Error, Warning };
    std::string file;
    int line = 0;
    Gravity gravity{};
    std::string key;
    Arguments arguments;
};
using Findings = std::vector<Finding>;
bool has_errors(const Findings&);

} // namespace adal::content
