#include "sync/packs/pack.hpp"
#include "sync/keys/envelope.hpp"
#include "sync/packs/format.hpp"
#include "sync/packs/reading.hpp"

namespace adal::sync {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t largest_source = std::size_t{16} << 20;
constexpr std::int64_t largest_side = 8192; // of a picture, in pixels

Error broken(const fs::path& file) { return fail(ErrorKind::Corrupt, "pack.broken", {{"path", file.string()}}); }

std::string name_of(const char* kind, const std::string& id, Language language)
{
    return std::string{kind} + "/" + id + "/" + std::string{code(language)} + ".md";
}

} // namespace

struct Pack::State {
    fs::path file;
    std::unique_ptr<Connection> db;

    // Columns are asked for their type: a pack need not be from our builder, whose tables are STRICT.
    Expected<Rows> one(const std::string& sql, const std::vector<Value>& parameters, const std::string& name) const
    {
        auto rows = db->query(sql, parameters);
        if (rows && rows->empty()) return fail(ErrorKind::NotFound, "pack.no_entry", {{"name", name}});
        return rows;
    }

    Expected<std::string> source(const std::string& name) const
    {
        const auto rows = one("SELECT bytes FROM source WHERE name = $1 AND typeof(bytes) = 'blob'", {name}, name);
        if (!rows) return rows.error();
        const auto bytes = unpack(rows->front().bytes(0), largest_source);
        if (!bytes) return broken(file);
        return text_of(*bytes);
    }

    // Texts were checked when the pack was built; a finding now means that program and pack do not fit together.
    template <class T> Expected<T> sound(T text, const content::Findings& findings) const
    {
        if (has_errors(findings)) return broken(file);
        return text;
    }

    Expected<Done> set_revision(quizzes::Item& item) const
    {
        const auto rows = one("SELECT revision FROM item WHERE id = $1 AND typeof(revision) = 'text'", {item.id.text}, item.id.text);
        if (!rows) return rows.error();
        item.revision = rows->front().text(0);
        return Done{};
    }
};

Expected<Pack> Pack::open(const fs::path& file, const Hash& hash)
{
    const auto bytes = read_text(file);
    if (!bytes) return fail(ErrorKind::NotFound, "pack.missing", {{"path", file.string()}});
    if (sha256(bytes_of(*bytes)) != hash) return broken(file);
    auto db = open_sqlite(file, OpenMode::ReadOnly);
    if (!db) return broken(file);
    const auto rows = (*db)->query("SELECT format FROM pack WHERE typeof(format) = 'integer'");
    if (!rows || rows->size() != 1) return broken(file);
    if (rows->front().integer(0) != pack_format)
        return fail(ErrorKind::InvalidInput, "pack.newer_format", {{"path", file.string()}});
    auto state = std::make_unique<State>();
    state->file = file;
    state->db = std::move(*db);
    return Pack{std::move(state)};
}

Expected<content::DocumentText> Pack::document(const DocumentId& id, Language language) const
{
    const auto name = name_of("documents", id.text, language);
    const auto source = state_->source(name);
    if (!source) return source.error();
    auto reading = content::read_document(*source, language, name);
    return state_->sound(std::move(reading.text), reading.findings);
}

Expected<content::ModuleText> Pack::module(const ModuleId& id, Language language) const
{
    const auto name = name_of("modules", id.text, language);
    const auto source = state_->source(name);
    if (!source) return source.error();
    auto reading = content::read_module(*source, language, name);
    return state_->sound(std::move(reading.text), reading.findings);
}

Expected<Hash> Pack::text_hash(const std::string& id, Language language) const
{
    const auto rows = state_->one("SELECT hash FROM source WHERE name IN ($1, $2) AND typeof(hash) = 'blob'",
                                  {name_of("documents", id, language), name_of("modules", id, language)}, id);
    if (!rows) return rows.error();
    const auto& bytes = rows->front().bytes(0);
    Hash hash{};
    if (bytes.size() != hash.size()) return broken(state_->file);
    std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

Expected<content::Curriculum> Pack::curriculum() const
{
    const auto source = state_->source("curriculum.json");
    if (!source) return source.error();
    auto reading = content::read_curriculum(*source, "curriculum.json");
    return state_->sound(std::move(reading.text), reading.findings);
}

Expected<Texture> Pack::picture(const std::string& owner, const std::string& name) const
{
    const auto rows = state_->one("SELECT width, height, rgba FROM picture WHERE owner = $1 AND name = $2 AND typeof(width) = 'integer' "
                                  "AND typeof(height) = 'integer' AND typeof(rgba) = 'blob'",
                                  {owner, name}, owner + "/" + name);
    if (!rows) return rows.error();
    const auto& row = rows->front();
    for (const auto side : {row.integer(0), row.integer(1)})
        if (side < 1 || side > largest_side) return broken(state_->file);
    Texture texture{.width = static_cast<int>(row.integer(0)), .height = static_cast<int>(row.integer(1)), .rgba = {}};
    const auto size = static_cast<std::size_t>(texture.width) * static_cast<std::size_t>(texture.height) * 4;
    auto rgba = unpack(row.bytes(2), size);
    if (!rgba || rgba->size() != size) return broken(state_->file);
    texture.rgba = std::move(*rgba);
    return texture;
}

Expected<quizzes::Item> Pack::check(const ModuleId& id, int page) const
{
    Text sources;
    for (const auto language : all_languages) {
        const auto text = module(id, language);
        if (!text) return text.error();
        const auto* block = check_on(*text, page);
        if (!block) return fail(ErrorKind::NotFound, "pack.no_entry", {{"name", id.text + " " + std::to_string(page)}});
        sources.in(language) = block->check;
    }
    auto reading = quizzes::read_check(sources, id.text, 1);
    if (has_errors(reading.findings)) return broken(state_->file);
    if (auto set = state_->set_revision(reading.item); !set) return set.error();
    return std::move(reading.item);
}

Expected<quizzes::AssessmentTest> Pack::test(const TestId& id) const
{
    const auto name = "bank/tests/" + id.text + ".json";
    const auto source = state_->source(name);
    if (!source) return source.error();
    auto reading = quizzes::read_test(*source, name);
    return state_->sound(std::move(reading.test), reading.findings);
}

Expected<quizzes::Bank> Pack::bank() const
{
    quizzes::BankSources sources;
    sources.folder = "bank";
    const std::pair<const char*, std::string*> files[] = {
        {"bank/kk.gift", &sources.kk}, {"bank/ru.gift", &sources.ru}, {"bank/en.gift", &sources.en}, {"bank/items.json", &sources.items_json}};
    for (const auto& [name, into] : files) {
        auto source = state_->source(name);
        if (!source) return source.error();
        *into = std::move(*source);
    }
    auto reading = quizzes::read_bank(sources);
    if (has_errors(reading.findings)) return broken(state_->file);
    for (auto& [id, item] : reading.bank.items)
        if (auto set = state_->set_revision(item); !set) return set.error();
    return std::move(reading.bank);
}

Pack::Pack(std::unique_ptr<State> state) : state_(std::move(state)) {}
Pack::Pack(Pack&&) noexcept = default;
Pack& Pack::operator=(Pack&&) noexcept = default;
Pack::~Pack() = default;

} // namespace adal::sync
