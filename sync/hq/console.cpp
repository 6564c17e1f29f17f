#include "sync/hq/console.hpp"
#include "content/language/dates.hpp"
#include "sync/hq/pages.hpp"
#include <algorithm>
#include <fstream>
#include <iterator>

namespace adal::sync::hq {
namespace {

constexpr auto session_cookie = "adal_session", language_cookie = "adal_language", form_cookie = "adal_form";

std::string read_text(const std::filesystem::path& path)
{
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Our icons as symbols of one picture: what stands between <svg ...> and </svg>, drawn in the colour of the text.
std::string sprite(const std::filesystem::path& folder)
{
    std::string symbols;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
        if (entry.path().extension() != ".svg") continue;
        auto text = read_text(entry.path());
        const auto begin = text.find('>'), end = text.rfind("</svg>");
        if (begin == std::string::npos || end == std::string::npos) continue;
        auto inner = text.substr(begin + 1, end - begin - 1);
        for (auto at = inner.find("#000"); at != std::string::npos; at = inner.find("#000", at))
            inner.replace(at, 4, "currentColor");
        symbols += "<symbol id=\"" + entry.path().stem().string() +
                   "\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" "
                   "stroke-linecap=\"round\" stroke-linejoin=\"round\">" +
                   inner + "</symbol>";
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\">" + symbols + "</svg>";
}

Language language_for(const WebRequest& request)
{
    if (const auto chosen = language_from(request.cookie(language_cookie))) return *chosen;
    if (const auto spoken = language_from(request.accept_language.substr(0, 2))) return *spoken;
    return Language::ru;
}

std::string cookie(const WebRequest& request, const std::string& name, const std::string& value,
                   const std::string& more)
{
    return name + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + (request.is_secure ? "; Secure" : "") + more;
}

WebReply redirect(const std::string& to)
{
    WebReply reply{.status = 303, .type = "text/plain", .body = ""};
    reply.headers.emplace_back("Location", to);
    return reply;
}

/// Only our own addresses: "/people?x=1", never "//elsewhere", nor what a browser reads as that: it drops tabs and
/// line ends, and takes a backslash for a slash.
std::string own_address(const std::string& to)
{
    const bool is_ours = to.starts_with('/') && !to.starts_with("//") && std::all_of(to.begin(), to.end(), [](char c) {
                             return c != '\\' && c != '\x7f' && static_cast<unsigned char>(c) > ' ';
                         });
    return is_ours ? to : "/";
}

std::string query_without(const WebRequest& request, const std::string& left_out)
{
    std::string result;
    for (const auto& [name, value] : request.query)
        if (name != left_out) result += (result.empty() ? "?" : "&") + url_encoded(name) + "=" + url_encoded(value);
    return result;
}

WebReply choose_language(const WebRequest& request, Language language)
{
    auto reply = redirect(own_address(request.path + query_without(request, "lang")));
    reply.headers.emplace_back("Set-Cookie",
                               cookie(request, language_cookie, std::string{code(language)}, "; Max-Age=31536000"));
    return reply;
}

View navigation(const PageContext& context)
{
    struct Entry {
        const char *path, *key;
    };
    View::List list;
    for (const auto& [path, key] : {Entry{"/", "hq.nav.overview"}, Entry{"/people", "hq.nav.people"},
                                    Entry{"/overdue", "hq.nav.overdue"}, Entry{"/analysis", "hq.nav.analysis"},
                                    Entry{"/terminals", "hq.nav.terminals"}}) {
        const std::string at{path};
        if ((at == "/people" || at == "/overdue") && !may_see_people(context.session.user)) continue;
        const bool is_here = at == "/" ? context.request.path == at : context.request.path.starts_with(at);
        list.push_back(View{{"path", at}, {"title", context.say(key)}, {"on", is_here}});
    }
    return list;
}

} // namespace

Expected<std::unique_ptr<Console>> Console::create(StorePool& stores, const HqFolder& folder,
                                                   const language::Strings& strings, const Clock& clock, Random& random,
                                                   const std::filesystem::path& share)
{
    auto templates = Templates::load(share / "console");
    if (!templates) return templates.error();
    auto console = std::unique_ptr<Console>(new Console(stores, folder, strings, clock, random, std::move(*templates)));
    auto store = stores.borrow();
    if (!store) return store.error();
    auto demo = (*store)->is_demo();
    if (!demo) return demo.error();
    console->is_demo_ = *demo;
    console->style_ = read_text(share / "console" / "style.css");
    console->icons_ = sprite(share / "console" / "icons");
    console->chevron_ = read_text(share / "console" / "icons" / "chevd.svg");
    console->mark_ = read_text(share / "console" / "mark.svg");
    const char* fonts = std::getenv("ADAL_FONTS");
    console->fonts_ = fonts && *fonts ? fonts : "/usr/share/fonts/opentype/inter";
    return console;
}

std::optional<WebReply> Console::still(const WebRequest& request) const
{
    auto file = [](std::string type, std::string body) {
        WebReply reply{.type = std::move(type), .body = std::move(body)};
        reply.headers.emplace_back("Cache-Control", "public, max-age=3600");
        return reply;
    };
    if (request.path == "/console/style.css") return file("text/css; charset=utf-8", style_);
    if (request.path == "/console/chevron.svg") return file("image/svg+xml", chevron_);
    if (request.path == "/console/icons.svg") return file("image/svg+xml", icons_);
    if (request.path == "/console/mark.svg" || request.path == "/favicon.ico") return file("image/svg+xml", mark_);
    for (const char* weight : {"Regular", "Medium", "SemiBold", "Bold"})
        if (const auto name = std::string{"Inter-"} + weight + ".otf"; request.path == "/console/fonts/" + name) {
            auto body = read_text(fonts_ / name);
            if (!body.empty()) return file("font/otf", std::move(body));
        }
    return std::nullopt;
}

WebReply Console::answer(const WebRequest& request)
{
    const auto language = language_for(request);
    if (auto reply = still(request)) return *reply;
    if (const auto wanted = language_from(request.at("lang")); wanted && request.method == "GET")
        return choose_language(request, *wanted);
    auto reply = page_for(request, language);
    auto page = reply ? std::move(*reply) : fault(reply.error(), language);
    for (const auto& [name, value] :
         {std::pair{"Content-Security-Policy",
                    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
                    "frame-ancestors 'none'; base-uri 'none'"},
          std::pair{"X-Content-Type-Options", "nosniff"}, std::pair{"Referrer-Policy", "same-origin"},
          std::pair{"Cache-Control", "no-store"}})
        page.headers.emplace_back(name, value);
    return page;
}

Expected<WebReply> Console::page_for(const WebRequest& request, Language language)
{
    auto store = stores_.borrow();
    if (!store) return store.error();
    if (request.path == "/login")
        return request.method == "POST" ? log_in(**store, request, language)
                                        : Expected<WebReply>{login_form(request, language, "", "")};
    const auto token = request.cookie(session_cookie);
    auto session = find_session(**store, token, clock_.now().at);
    if (!session) return session.error();
    if (!*session) return redirect("/login?to=" + url_encoded(request.path + query_without(request, "")));
    if (request.method != "POST") return signed_in(**store, request, language, **session);
    if (request.field("csrf") != (*session)->csrf) return fail(ErrorKind::Denied, "hq.form.stale");
    if (request.path != "/logout") return fail(ErrorKind::NotFound, "hq.page.missing", {{"path", request.path}});
    if (auto closed = close_session(**store, token); !closed) return closed.error();
    auto reply = redirect("/login");
    reply.headers.emplace_back("Set-Cookie", cookie(request, session_cookie, "", "; Max-Age=0"));
    return reply;
}

Expected<WebReply> Console::signed_in(Store& store, const WebRequest& request, Language language,
                                      const Session& session)
{
    auto teaching = teaching_.get(store);
    if (!teaching) return teaching.error();
    const auto now = clock_.now().at;
    const PageContext context{.store = store,
                              .say = {strings_, language},
                              .request = request,
                              .session = session,
                              .teaching = **teaching,
                              .now = now,
                              .today = language::date_of(now)};
    auto page = [&](const char* name, Expected<View> view) -> Expected<WebReply> {
        if (!view) return view.error();
        return show(name, std::move(*view), context.say, &context);
    };
    if (request.path == "/") return page("overview", overview_page(context));
    if (request.path == "/terminals") return page("terminals", terminals_page(context));
    if (request.path.starts_with("/terminals/")) return page("terminal", terminal_page(context, {request.path.substr(11)}));
    if (request.path == "/analysis" || request.path.starts_with("/analysis/")) return page("analysis", analysis_page(context, analyses_));
    if (!may_see_people(session.user)) return fail(ErrorKind::Denied, "hq.page.denied");
    if (request.path == "/people") return page("people", people_page(context));
    if (request.path == "/overdue") return page("overdue", overdue_page(context));
    if (request.path.starts_with("/people/")) return page("person", person_page(context, {request.path.substr(8)}));
    return fail(ErrorKind::NotFound, "hq.page.missing", {{"path", request.path}});
}

WebReply Console::show(const std::string& name, View view, const Say& say, const PageContext* context) const
{
    View::List languages;
    for (const auto language : all_languages) {
        const std::string tag{code(language)};
        auto query = context ? query_without(context->request, "lang") : std::string{};
        query += (query.empty() ? "?lang=" : "&lang=") + tag;
        languages.push_back(View{{"tag", tag},
                                 {"title", say("hq.language." + tag)},
                                 {"address", (context ? context->request.path : "/login") + query},
                                 {"on", language == say.language}});
    }
    view.set("demo", is_demo_).set("languages", std::move(languages)).set("lang", std::string{code(say.language)});
    if (context) {
        view.set("nav", navigation(*context))
            .set("csrf", context->session.csrf)
            .set("user", context->session.user.login);
        view.set("role", say("hq.role." + std::string{code(context->session.user.role)}));
        view.set("as_of", say("hq.as_of", {{"time", language::full_date(context->today, say.language) + ", " +
                                                        language::clock_text(context->now)}}));
        view.set("released", context->teaching.release > 0);
    }
    return {.body = templates_.render(name, view, strings_, say.language)};
}

WebReply Console::fault(const Error& error, Language language) const
{
    const Say say{strings_, language};
    const bool is_missing = error.kind == ErrorKind::NotFound, is_denied = error.kind == ErrorKind::Denied;
    const auto title = say(is_missing ? "hq.fault.missing" : is_denied ? "hq.fault.denied" : "hq.fault.broken");
    auto reply = show("fault", View{{"title", title}, {"message", say(error)}}, say);
    reply.status = is_missing ? 404 : is_denied ? 403 : 503;
    return reply;
}

WebReply Console::login_form(const WebRequest& request, Language language, const std::string& error_key,
                             const std::string& login)
{
    const Say say{strings_, language};
    const auto form = to_hex(random_.bytes(16));
    auto reply = show("login",
                      View{{"title", say("hq.login.title")},
                           {"form", form},
                           {"to", own_address(request.at("to") + request.field("to"))},
                           {"login", login},
                           {"knows_login", !login.empty()},
                           {"has_error", !error_key.empty()},
                           {"error", error_key.empty() ? "" : say(error_key)}},
                      say);
    reply.headers.emplace_back("Set-Cookie", cookie(request, form_cookie, form, "; Max-Age=3600"));
    return reply;
}

Expected<WebReply> Console::log_in(Store& store, const WebRequest& request, Language language)
{
    const auto now = clock_.now();
    const auto login = request.field("login"), who = login + "@" + request.remote;
    auto again = [&](const char* key, int status) {
        auto reply = login_form(request, language, key, login);
        reply.status = status;
        return reply;
    };
    if (request.field("form").empty() || request.field("form") != request.cookie(form_cookie))
        return again("hq.form.stale", 403);
    if (!wrong_passwords_.allows(who, now.uptime) || !tries_.allows(request.remote, now.uptime))
        return again("hq.login.too_often", 429);
    tries_.count(request.remote, now.uptime);
    auto user = sign_in(store, login, request.field("password"));
    if (!user && user.error().kind != ErrorKind::Denied) return user.error();
    if (!user) {
        wrong_passwords_.count(who, now.uptime);
        return again("hq.login.wrong", 403);
    }
    wrong_passwords_.forgive(who);
    auto token = open_session(store, user->login, now.at, random_);
    if (!token) return token.error();
    auto reply = redirect(own_address(request.field("to")));
    reply.headers.emplace_back("Set-Cookie", cookie(request, session_cookie, *token, "; Max-Age=43200"));
    reply.headers.emplace_back("Set-Cookie", cookie(request, form_cookie, "", "; Max-Age=0"));
    return reply;
}

} // namespace adal::sync::hq
