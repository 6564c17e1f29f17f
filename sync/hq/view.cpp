#include "sync/hq/view.hpp"
#include <fstream>
#include <iterator>
#include <kainjow/mustache.hpp>

namespace adal::sync::hq {
namespace {

namespace mustache = kainjow::mustache;

mustache::data data_from(const View& view)
{
    return std::visit(
        [](const auto& value) -> mustache::data {
            using Value = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<Value, std::string>)
                return value.empty() ? mustache::data{false} : mustache::data{value}; // else {{#word}} would show what there is not
            else if constexpr (std::is_same_v<Value, bool>)
                return mustache::data{value};
            else if constexpr (std::is_same_v<Value, View::List>) {
                mustache::data list{mustache::data::type::list};
                for (const auto& part : value) list << data_from(part);
                return list;
            } else {
                mustache::data object{mustache::data::type::object};
                for (const auto& [name, part] : value) object.set(name, data_from(part));
                return object;
            }
        },
        view.value());
}

std::string escaped(const std::string& text)
{
    std::string result;
    for (const char c : text) {
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        case '\'':
            result += "&#39;";
            break;
        default:
            result += c;
        }
    }
    return result;
}

std::string icon(const std::string& name)
{
    return R"(<svg class="ic" aria-hidden="true"><use href="/console/icons.svg#)" + escaped(name) + R"("></use></svg>)";
}

} // namespace

Expected<Templates> Templates::load(const std::filesystem::path& folder)
{
    Templates templates;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
        if (entry.path().extension() != ".mustache") continue;
        std::ifstream file{entry.path(), std::ios::binary};
        std::string text{std::istreambuf_iterator<char>{file}, {}};
        if (!mustache::mustache{text}.is_valid())
            return fail(ErrorKind::Corrupt, "hq.template.broken", {{"path", entry.path().string()}});
        templates.texts_[entry.path().stem().string()] = std::move(text);
    }
    if (templates.texts_.empty()) return fail(ErrorKind::NotFound, "hq.template.missing", {{"path", folder.string()}});
    return templates;
}

std::string Templates::render(const std::string& name, const View& view, const language::Strings& strings,
                              Language language) const
{
    auto data = data_from(view);
    for (const auto& [known, text] : texts_)
        if (known.starts_with('_')) data.set(known, mustache::data{mustache::partial{[&text = text] { return text; }}});
    // The word of an icon may come from the data: {{#icon}}{{name}}{{/icon}}.
    data.set("t", mustache::data{mustache::lambda2{[&](const std::string& key, const mustache::renderer& render) {
                 return escaped(strings.say(language, render(key)));
             }}});
    data.set("icon", mustache::data{mustache::lambda2{
                         [](const std::string& key, const mustache::renderer& render) { return icon(render(key)); }}});
    mustache::mustache page{texts_.at(name)};
    return page.render(data);
}

} // namespace adal::sync::hq
