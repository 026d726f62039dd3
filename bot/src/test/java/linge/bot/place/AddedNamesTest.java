package linge.bot.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import linge.bot.Bot;
import linge.bot.dialogue.Heard;
import linge.bot.dialogue.Talk;
import linge.bot.knowledge.Hardship;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that a city adds find their places beside the shipped ones, and go again. */
class AddedNamesTest {
    private static final Gazetteer GAZETTEER = Gazetteer.shipped();
    private static final AddressIndex SHIPPED = new AddressIndex(GAZETTEER);
    private static final NameCheck CHECK = new NameCheck();
    /** 东关社区, 东街街道, 潞州区. */
    private static final String DONGGUAN = "140403001002";

    private static OtherName name(String code, String name, NameKind kind) {
        return new OtherName(code, name, kind);
    }

    private static String found(AddressIndex index, String text) {
        FoundPlace best = index.locate(text, null).best();
        return best == null ? "none" : best.place().code();
    }

    @Test
    void an_added_name_finds_its_place_and_the_index_before_stays_as_it_was() {
        AddressIndex more = SHIPPED.with(List.of(name(DONGGUAN, "惠丰苑", NameKind.ESTATE)));
        String text = "惠丰苑的路灯坏了三天了";
        assertEquals(DONGGUAN, found(more, text));
        assertEquals("“惠丰苑”在东关社区", more.locate(text, null).best().reason());
        assertEquals("none", found(SHIPPED, text));
        assertEquals("none", found(more.with(List.of()), text));
    }

    @Test
    void what_is_shipped_is_found_as_before() {
        AddressIndex more = SHIPPED.with(many(500));
        for (String text : List.of("长治县", "潞州区东街街道的路灯坏了", "东庄村", "北京市朝阳区", "虎亭镇")) {
            assertEquals(SHIPPED.locate(text, null), more.locate(text, null), text);
        }
    }

    @Test
    void a_name_that_means_another_place_too_is_asked_about() {
        Place other = GAZETTEER.all(Level.VILLAGE).stream()
                .filter(place ->
                        !place.code().startsWith("140403") && place.name().length() >= 4)
                .filter(place -> found(SHIPPED, place.name()).equals(place.code()))
                .findFirst()
                .orElseThrow();
        AddressIndex more = SHIPPED.with(List.of(name(DONGGUAN, other.name(), NameKind.OTHER)));
        Located located = more.locate(other.name(), null);
        assertNull(located.best());
        assertEquals(
                Stream.of(DONGGUAN, other.code()).sorted().toList(),
                located.candidates().stream()
                        .map(place -> place.place().code())
                        .limit(2)
                        .sorted()
                        .toList());
        assertEquals(other.code(), found(more, GAZETTEER.fullName(other.code())));
    }

    @Test
    void one_name_may_be_an_old_one_here_and_a_spoken_one_there() {
        AddressIndex more = SHIPPED.with(
                List.of(name("140403001002", "惠丰大院", NameKind.FORMER), name("140403103", "惠丰大院", NameKind.OTHER)));
        assertEquals(
                List.of("140403001002", "140403103"),
                more.named("惠丰大院").stream().map(Place::code).toList());
    }

    @Test
    void names_are_read_as_texts_are() {
        AddressIndex more = SHIPPED.with(List.of(name(DONGGUAN, " 惠丰 苑Ａ区\u200b", NameKind.ESTATE)));
        assertEquals(DONGGUAN, found(more, "惠丰苑A区"));
    }

    @Test
    void names_of_places_that_are_not_here_are_left_out() {
        assertEquals("none", found(SHIPPED.with(List.of(name("999999", "惠丰苑", NameKind.ESTATE))), "惠丰苑"));
        var small = Gazetteer.read(new StringReader("code,name,level,parent\n1404,长治市,city,\n"));
        assertEquals(
                List.of(),
                new AddressIndex(small)
                        .with(List.of(name(DONGGUAN, "惠丰苑", NameKind.ESTATE)))
                        .named("惠丰苑"));
    }

    @Test
    void shipped_names_of_a_place_are_told() {
        assertEquals(
                List.of("桥上乡", "鹅屋乡"),
                SHIPPED.shippedNames("140427105").stream().map(OtherName::name).toList());
        assertTrue(SHIPPED.isElsewhere("七星区"));
        assertTrue(!SHIPPED.isElsewhere("东关社区") && !SHIPPED.isElsewhere("惠丰苑"));
    }

    @Test
    void the_bot_hears_a_name_added_while_it_talks() {
        var places = new AtomicReference<>(SHIPPED);
        Bot bot = Bot.of(null, Hardship.DEFAULT, places::get);
        Instant now = Instant.parse("2026-03-01T04:00:00Z");
        var said = new Heard(now, Heard.Who.NOBODY, new Heard.Text("惠丰苑的路灯坏了三天了"));
        String before = bot.hear(Talk.fresh(now), said).toString();
        places.set(SHIPPED.with(List.of(name(DONGGUAN, "惠丰苑", NameKind.ESTATE))));
        String after = bot.hear(Talk.fresh(now), said).toString();
        assertTrue(!before.contains(DONGGUAN) && after.contains(DONGGUAN), after);
    }

    @Test
    void threads_see_one_whole_index_or_the_other() throws Exception {
        AddressIndex with = SHIPPED.with(many(50));
        var current = new AtomicReference<>(SHIPPED);
        List<Located> either = List.of(SHIPPED.locate("试名甲甲院的路灯", null), with.locate("试名甲甲院的路灯", null));
        var pool = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> asking = () -> {
                for (int i = 0; i < 2_000; i++) {
                    if (!either.contains(current.get().locate("试名甲甲院的路灯", null))) {
                        return false;
                    }
                }
                return true;
            };
            var answers = List.of(pool.submit(asking), pool.submit(asking), pool.submit(asking));
            for (int i = 0; i < 20; i++) {
                current.set(i % 2 == 0 ? SHIPPED.with(many(50)) : SHIPPED);
            }
            for (var answer : answers) {
                assertTrue(answer.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void an_index_with_five_thousand_names_finds_each() {
        List<OtherName> names = many(5_000);
        AddressIndex more = SHIPPED.with(names);
        assertEquals(
                List.of(),
                names.stream()
                        .filter(one -> more.named(one.name()).stream()
                                .noneMatch(place -> place.code().equals(one.code())))
                        .toList());
    }

    /** 试名甲甲院, 试名甲乙院 …, each for another village. */
    private static List<OtherName> many(int count) {
        String letters = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥乾坤震巽坎离艮兑春夏秋冬琴棋书画梅兰竹菊松柏桂枫桃李杏梨枣槐榆柳桑麻禾黍稷麦豆芝莲荷菱藕茶酒盐醋";
        List<Place> villages = GAZETTEER.all(Level.VILLAGE);
        var names = new ArrayList<OtherName>();
        for (int i = 0; i < count; i++) {
            String name = "试名" + letters.charAt(i / letters.length() % letters.length())
                    + letters.charAt(i % letters.length())
                    + (i < letters.length() * letters.length() ? "院" : "楼院");
            names.add(name(villages.get(i % villages.size()).code(), name, NameKind.ESTATE));
        }
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"惠丰苑", "老纺织厂家属院", "长钢小区", "解放小区", "东方红村", "淮海机械厂", "化肥厂家属院", "羊头岭"})
    void a_name_that_people_would_know_may_be_added(String name) {
        assertNull(CHECK.fault(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "苑",
                "",
                "新村",
                "和平",
                "小区门口",
                "路灯",
                "3号楼",
                "医院对面",
                "村委会",
                "我们小区",
                "这个村",
                "路灯坏了",
                "电影院",
                "13800138000家",
                "惠丰苑13912345678",
                "张三幺三八零零一三八零零零",
                "501",
                "ABC",
                "<b>惠丰</b>",
                "'; DROP TABLE x",
                "惠丰苑，东关",
                "\ud800",
                "垃圾站旁边",
                "一二三四五六七八九十一二三四五六七八九十甲"
            })
    void what_people_say_every_day_is_no_name(String name) {
        assertNotNull(CHECK.fault(OtherName.read(name)), name);
    }
}
