#pragma once
#include "content/language/strings.hpp"
#include "sync/hq/hq_keys.hpp"
#include "sync/hq/store.hpp"

namespace adal::sync::hq {

/// A new HQ: folder, keys, database, incarnation, its own journal and the first administrator. Conflict if there is one
/// already.
struct Founded {
    std::string login, password; // told once
    Incarnation incarnation;
    std::filesystem::path root_key;
};
struct Founding {
    HqFolder folder;
    Config config;
    std::filesystem::path root_out;
    bool is_demo = false;
};
/// Of this second, or of the one after `before` where the clock is behind it: a later life is later in any case.
Incarnation new_incarnation(UtcTime now, Random&, const Incarnation& before = {});

Expected<Founded> found(const Founding&, const Clock&, Random&);

} // namespace adal::sync::hq
