#include "sync/hq/setup.hpp"
#include "content/language/dates.hpp"
#include "sync/hq/demo.hpp"
#include "sync/hq/journals.hpp"
#include "sync/hq/users.hpp"
#include <algorithm>

namespace adal::sync::hq {
namespace {

Expected<Done> prepare(const HqFolder& folder, const std::filesystem::path& root_out)
{
    std::error_code error;
    if (std::filesystem::exists(folder.config(), error) || std::filesystem::exists(folder.database(), error) ||
        std::filesystem::exists(folder.keys(), error))
        return fail(ErrorKind::Conflict, "hq.folder.exists", {{"path", folder.root.string()}});
    if (!root_out.empty() && std::filesystem::exists(root_out, error))
        return fail(ErrorKind::Conflict, "key.exists", {{"path", root_out.string()}});
    std::filesystem::create_directories(folder.packs(), error);
    if (error)
        return fail(ErrorKind::Unavailable, "file.cannot_write",
                    {{"path", folder.root.string()}, {"reason", error.message()}});
    std::filesystem::permissions(folder.root, std::filesystem::perms::owner_all, error);
    return Done{};
}

Expected<Done> fill(Store& store, const HqKeys& keys, const Founding& founding, const Founded& founded,
                    std::int64_t position, const Moment& now, Random& random)
{
    if (auto known = store.meta("incarnation"); !known || !known->empty())
        return known ? fail(ErrorKind::Conflict, "hq.folder.exists", {{"path", founding.config.postgres}})
                     : known.error();
    if (auto put = store.put_meta("incarnation", to_text(founded.incarnation)); !put) return put;
    if (auto put = store.put_meta("demo", founding.is_demo ? "yes" : "no"); !put) return put;
    const ConsoleUserRecord admin{.login = founded.login, .role = Role::Admin, .units = {}};
    if (auto added = add_user(store, admin, founded.password, now.at); !added) return added;
    if (founding.is_demo)
        if (auto put = put_demo_roster(store, language::date_of(now.at), now.at); !put) return put;
    return record(store, keys.identity, Nobody{}, {UserAdded{admin.login, "admin"}}, position, now, random);
}

Expected<Founded> build(const Founding& founding, const Clock& clock, Random& random)
{
    auto keys = create_keys(founding.folder, founding.root_out, random);
    if (!keys) return keys.error();
    const auto now = clock.now();
    const Founded founded{.login = "admin",
                          .password = new_password(random),
                          .incarnation = new_incarnation(now.at, random),
                          .root_key =
                              founding.root_out.empty() ? founding.folder.keys() / "root.key" : founding.root_out};
    auto store = create_store(founding.folder, founding.config);
    if (!store) return store.error();
    auto filled = store->write(
        [&](std::int64_t position) { return fill(*store, *keys, founding, founded, position, now, random); });
    if (!filled) return filled.error();
    if (auto written = write_config(founding.folder, founding.config); !written) return written.error();
    return founded;
}

/// A failure leaves nothing that could stand in the way of trying again.
void take_away(const Founding& founding)
{
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(founding.folder.database().string() + suffix, ignored);
    std::filesystem::remove_all(founding.folder.keys(), ignored);
    std::filesystem::remove_all(founding.folder.packs(), ignored);
    std::filesystem::remove(founding.folder.config(), ignored);
    if (!founding.root_out.empty()) std::filesystem::remove(founding.root_out, ignored);
}

} // namespace

Incarnation new_incarnation(UtcTime now, Random& random, const Incarnation& before)
{
    Incarnation incarnation{.second = std::max(to_ms(now) / 1000, before.second + 1), .random = 0};
    for (const auto byte : random.bytes(8)) incarnation.random = incarnation.random << 8U | byte;
    return incarnation;
}

Expected<Founded> found(const Founding& founding, const Clock& clock, Random& random)
{
    if (auto prepared = prepare(founding.folder, founding.root_out); !prepared) return prepared.error();
    auto founded = build(founding, clock, random);
    if (!founded) take_away(founding);
    return founded;
}

} // namespace adal::sync::hq
