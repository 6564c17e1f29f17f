#include "sync/hq/demo_names.hpp"
#include <array>

namespace adal::sync::hq {
namespace {

struct Pair {
    const char *man, *woman;
};

constexpr std::array kazakh_families{
    Pair{"Ахметов", "Ахметова"},     Pair{"Әбілқасымов", "Әбілқасымова"}, Pair{"Ғабитов", "Ғабитова"},
    Pair{"Ермеков", "Ермекова"},     Pair{"Қасымов", "Қасымова"},         Pair{"Жұмабаев", "Жұмабаева"},
    Pair{"Төлегенов", "Төлегенова"}, Pair{"Оспанов", "Оспанова"},         Pair{"Исабеков", "Исабекова"},
    Pair{"Дүйсенов", "Дүйсенова"},   Pair{"Кенжебаев", "Кенжебаева"},     Pair{"Рахимов", "Рахимова"},
    Pair{"Сейітов", "Сейітова"},     Pair{"Тілеубаев", "Тілеубаева"},     Pair{"Үсенов", "Үсенова"},
    Pair{"Шәкенов", "Шәкенова"},     Pair{"Әлімжанов", "Әлімжанова"},     Pair{"Өтегенов", "Өтегенова"},
    Pair{"Ыбыраев", "Ыбыраева"},     Pair{"Мұқанов", "Мұқанова"},         Pair{"Бекмағамбетов", "Бекмағамбетова"},
    Pair{"Нұртазин", "Нұртазина"},   Pair{"Байжанов", "Байжанова"},       Pair{"Сүлейменов", "Сүлейменова"}};
constexpr std::array kazakh_men{"Ерлан",  "Нұржан", "Асқар",   "Бауыржан", "Дәурен", "Қанат",    "Марат",
                                "Олжас",  "Рүстем", "Самат",   "Талғат",   "Ұлан",   "Әділ",     "Ғалым",
                                "Жандос", "Серік",  "Өмірзақ", "Айдос",    "Мұрат",  "Еркебұлан"};
constexpr std::array kazakh_women{"Гүлнар", "Динара", "Жанар",  "Қарлығаш", "Ләззат", "Мәдина",  "Назгүл",
                                  "Ұлжан",  "Әсел",   "Сәуле",  "Ботагөз",  "Еңлік",  "Перизат", "Раушан",
                                  "Толқын", "Шолпан", "Аружан", "Меруерт",  "Айнұр",  "Інжу"};
constexpr std::array kazakh_fathers{"Серік",   "Нұрлан",   "Қайрат", "Болат",     "Ержан", "Асан",   "Мұрат",
                                    "Төлеген", "Жақсылық", "Бекзат", "Амангелді", "Сапар", "Қуаныш", "Дәулет",
                                    "Ораз",    "Әшім",     "Есен",   "Темір",     "Ғани",  "Рысбек"};
constexpr std::array russian_families{Pair{"Ковалёв", "Ковалёва"},  Pair{"Шевченко", "Шевченко"},
                                      Pair{"Соколов", "Соколова"},  Pair{"Морозов", "Морозова"},
                                      Pair{"Волков", "Волкова"},    Pair{"Лебедев", "Лебедева"},
                                      Pair{"Беляев", "Беляева"},    Pair{"Щербаков", "Щербакова"},
                                      Pair{"Юрченко", "Юрченко"},   Pair{"Вебер", "Вебер"},
                                      Pair{"Ким", "Ким"},           Pair{"Назаров", "Назарова"},
                                      Pair{"Панченко", "Панченко"}, Pair{"Егоров", "Егорова"},
                                      Pair{"Тарасов", "Тарасова"},  Pair{"Фёдоров", "Фёдорова"}};
constexpr std::array russian_men{"Олег",  "Сергей", "Андрей", "Павел", "Виктор",
                                 "Денис", "Игорь",  "Юрий",   "Артём", "Николай"};
constexpr std::array russian_women{"Ирина", "Ольга",  "Светлана", "Татьяна", "Наталья",
                                   "Елена", "Марина", "Юлия",     "Анна",    "Вера"};
constexpr std::array russian_fathers{Pair{"Петрович", "Петровна"},   Pair{"Иванович", "Ивановна"},
                                     Pair{"Сергеевич", "Сергеевна"}, Pair{"Викторович", "Викторовна"},
                                     Pair{"Андреевич", "Андреевна"}, Pair{"Юрьевич", "Юрьевна"},
                                     Pair{"Павлович", "Павловна"},   Pair{"Олегович", "Олеговна"}};

template <class List> const auto& one_of(DemoDice& dice, const List& list)
{
    return list[dice.below(static_cast<std::uint32_t>(list.size()))];
}
const char* form(const Pair& pair, bool is_woman) { return is_woman ? pair.woman : pair.man; }

const Text miner{"жерасты кен қазушысы", "горнорабочий подземный", ""},
    fitter{"слесарь-жөндеуші", "слесарь-ремонтник", ""}, driver{"жүргізуші", "водитель", ""},
    storekeeper{"қоймашы", "кладовщик", ""}, electrician{"электрмонтер", "электромонтёр", ""},
    assistant{"зертханашы", "лаборант", ""}, mill{"диірмен машинисі", "машинист мельниц", ""},
    smelter{"балқытушы", "плавильщик", ""}, boiler{"қазандық машинисі", "машинист котлов", ""},
    engineer{"инженер", "инженер", ""}, turner{"токарь", "токарь", ""},
    excavator{"экскаватор машинисі", "машинист экскаватора", ""},
    buyer{"сатып алу маманы", "специалист по закупкам", ""};

} // namespace

std::uint32_t DemoDice::below(std::uint32_t limit)
{
    auto z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return static_cast<std::uint32_t>((z ^ (z >> 31U)) % limit);
}

DemoName demo_name(DemoDice& dice)
{
    const bool is_kazakh = dice.below(100) < 72, is_woman = dice.below(100) < 42;
    if (!is_kazakh)
        return {form(one_of(dice, russian_families), is_woman),
                is_woman ? one_of(dice, russian_women) : one_of(dice, russian_men),
                form(one_of(dice, russian_fathers), is_woman), Language::ru};
    DemoName name{form(one_of(dice, kazakh_families), is_woman),
                  is_woman ? one_of(dice, kazakh_women) : one_of(dice, kazakh_men), "", Language::kk};
    name.patronymic = std::string{one_of(dice, kazakh_fathers)} + (is_woman ? "қызы" : "ұлы");
    return name;
}

const std::vector<DemoSite>& demo_sites()
{
    static const std::vector<DemoSite> sites{
        {"zhezkazgan", {"Жезқазған", "Жезказган", "Zhezkazgan"}, 62, {"zhezkazgan-ssd", "omarov-trust"}},
        {"karaganda", {"Қарағанды", "Караганда", "Karaganda"}, 46, {"karagandatsvetmet", "omarov-trust"}},
        {"balkhash", {"Балқаш", "Балхаш", "Balkhash"}, 44, {"balkhashtsvetmet", "balkhash-ssd"}},
        {"east", {"Шығыс", "Восток", "East"}, 30, {"barlau"}},
        {"pavlodar", {"Павлодар", "Павлодар", "Pavlodar"}, 14, {"barlau"}}};
    return sites;
}

const std::vector<DemoUnit>& demo_units()
{
    static const std::vector<DemoUnit> units{
        {"zhezkazgan",
         "zhezkazgan-mine-1",
         {"№ 1 шахта", "Шахта № 1", "Mine No. 1"},
         {miner, miner, electrician, engineer}},
        {"zhezkazgan",
         "zhezkazgan-concentrator",
         {"Байыту фабрикасы", "Обогатительная фабрика", "Concentrating plant"},
         {mill, fitter, assistant}},
        {"zhezkazgan",
         "zhezkazgan-power",
         {"Жылу электр орталығы", "Теплоэлектроцентраль", "Thermal power plant"},
         {boiler, electrician}},
        {"zhezkazgan", "zhezkazgan-transport", {"Көлік цехы", "Транспортный цех", "Transport shop"}, {driver, fitter}},
        {"karaganda", "karaganda-coal-mine", {"Көмір шахтасы", "Угольная шахта", "Coal mine"}, {miner, electrician}},
        {"karaganda",
         "karaganda-concentrator",
         {"Байыту фабрикасы", "Обогатительная фабрика", "Concentrating plant"},
         {mill, assistant, fitter}},
        {"karaganda",
         "karaganda-supply",
         {"Жабдықтау бөлімі", "Отдел снабжения", "Supply department"},
         {buyer, storekeeper, driver}},
        {"balkhash",
         "balkhash-smelter",
         {"Мыс қорыту зауыты", "Медеплавильный завод", "Copper smelter"},
         {smelter, electrician, fitter}},
        {"balkhash",
         "balkhash-mechanical",
         {"Механика цехы", "Механический цех", "Mechanical shop"},
         {turner, fitter, storekeeper}},
        {"balkhash",
         "balkhash-concentrator",
         {"Байыту фабрикасы", "Обогатительная фабрика", "Concentrating plant"},
         {mill, assistant}},
        {"balkhash", "balkhash-laboratory", {"Зертхана", "Лаборатория", "Laboratory"}, {assistant}},
        {"east", "east-mine-3", {"№ 3 шахта", "Шахта № 3", "Mine No. 3"}, {miner, electrician, engineer}},
        {"east",
         "east-concentrator",
         {"Байыту фабрикасы", "Обогатительная фабрика", "Concentrating plant"},
         {mill, fitter}},
        {"pavlodar", "pavlodar-open-pit", {"Кен карьері", "Карьер", "Open pit"}, {excavator, driver, engineer}}};
    return units;
}

const std::vector<std::pair<EmployerId, Text>>& demo_employers()
{
    static const std::vector<std::pair<EmployerId, Text>> employers{
        {{"karagandatsvetmet"}, {"«Қарағандытүстімет» ӨБ", "ПО «Карагандацветмет»", "Karagandatsvetmet PA"}},
        {{"balkhashtsvetmet"}, {"«Балқаштүстімет» ӨБ", "ПО «Балхашцветмет»", "Balkhashtsvetmet PA"}},
        {{"barlau"}, {"«Қазақмыс Барлау» ЖШС", "ТОО «Казахмыс Барлау»", "Kazakhmys Barlau LLC"}},
        {{"omarov-trust"},
         {"Г. Омаров атындағы шахта үңгілеу тресі", "Шахтопроходческий трест им. Г. Омарова",
          "Shaft Sinking Trust after G. Omarov"}},
        {{"zhezkazgan-ssd"},
         {"Жезқазған шахта үңгілеу басқармасы", "Жезказганское шахтопроходческое управление",
          "Zhezkazgan Shaft Sinking Division"}},
        {{"balkhash-ssd"},
         {"Балқаш шахта үңгілеу басқармасы", "Балхашское шахтопроходческое управление",
          "Balkhash Shaft Sinking Division"}}};
    return employers;
}

} // namespace adal::sync::hq
