package linge.bot.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CardsTest {
    private static final String GOOD = """
            # 工资与欠薪
            topic: wages

            ## wages-unpaid 老板拖欠工资怎么办
            - ask: 干完活老板不给钱
            - ask: 工地欠我三个月工资
            - ask: 工钱要不回来
            - ask: 欠薪去哪告
            - route: LABOUR_INSPECTION, LEGAL_AID
            - checked: 2026-11-24

            ### 答
            工资要按月发。〔劳动法50〕没发的，可以申请支付令。〔劳动合同法30、刑法287之一〕

            ### 怎么办
            1. 先去投诉。〔劳动法85〕
            2. 不行再仲裁。〔劳动法79〕

            ### 带什么
            - 身份证

            ### 期限
            - 一年内。〔劳动法82〕

            ### 去哪里
            - 劳动监察大队
            """;

    private static Cards read(String text) throws IOException {
        var laws = CitedLaws.read("laws.csv", new StringReader("""
                law,title,since,version,url
                劳动法,中华人民共和国劳动法,1995-01-01,2018-12-29,https://flk.npc.gov.cn/
                劳动合同法,中华人民共和国劳动合同法,2008-01-01,2012-12-28,https://flk.npc.gov.cn/
                刑法,中华人民共和国刑法,2024-03-01,,https://flk.npc.gov.cn/
                甲、乙关于办案的意见,甲、乙关于办案的意见,2020-01-01,,https://www.court.gov.cn/
                """));
        return Cards.read(Map.of("wages.md", text.lines().toList()), laws);
    }

    private static List<String> faults(String text) {
        return assertThrows(CardFaults.class, () -> read(text)).faults();
    }

    @Test
    void a_card_is_read_with_its_citations_as_statutes_print_them() throws IOException {
        Card card = read(GOOD).find("wages-unpaid").orElseThrow();
        assertEquals("老板拖欠工资怎么办", card.title());
        assertEquals(4, card.asks().size());
        assertEquals(List.of(Route.LABOUR_INSPECTION, Route.LEGAL_AID), card.routes());
        assertEquals(2, card.steps().size());
        assertEquals("没发的，可以申请支付令。〔劳动合同法第三十条、刑法第二百八十七条之一〕", card.answer().get(1).cited());
        assertEquals("1995-01-01", card.citations().get(0).since().toString());
        assertEquals("工资与欠薪", read(GOOD).topic("wages").orElseThrow().name());
    }

    @Test
    void a_law_with_a_pause_mark_in_its_name_can_be_cited() throws IOException {
        var card = read(GOOD.replace("〔劳动法50〕", "〔甲、乙关于办案的意见3、劳动法50〕")).all().get(0);
        assertEquals(
                List.of("甲、乙关于办案的意见第三条", "劳动法第五十条"),
                card.answer().get(0).citations().stream().map(Citation::words).toList());
    }

    @Test
    void every_fault_is_told_with_its_file_and_line() {
        var faults = faults(GOOD.replace("〔劳动法50〕", "")
                .replace("〔劳动法85〕", "〔婚姻法85〕")
                .replace("2. 不行", "3. 不行")
                .replace("- ask: 欠薪去哪告\n", "")
                .replace("LEGAL_AID", "LAWYER"));
        assertEquals(5, faults.size(), faults.toString());
        assertTrue(faults.stream().allMatch(fault -> fault.matches("wages\\.md:\\d+ .+")), faults.toString());
        assertTrue(faults.contains("wages.md:8 没有这条路：LAWYER"), faults.toString());
        assertTrue(faults.contains("wages.md:12 每一句后面都要有引用：工资要按月发。没发的，可以申请支付令。"), faults.toString());
        assertTrue(faults.contains("wages.md:15 laws.csv 里没有这部法律：婚姻法"), faults.toString());
        assertTrue(faults.contains("wages.md:16 步骤的序号应是 2"), faults.toString());
    }

    @Test
    void a_sentence_without_its_citation_at_the_end_is_refused() {
        assertEquals(List.of("wages.md:23 最后一句没有引用：别拖。"), faults(GOOD.replace("劳动法82〕", "劳动法82〕别拖。")));
        assertEquals(List.of("wages.md:23 引用应写在句号后面：一年内"), faults(GOOD.replace("一年内。", "一年内")));
        assertEquals(List.of("wages.md:23 引用应写成〔劳动法50〕或〔劳动法50、劳动合同法30〕：劳动法"), faults(GOOD.replace("劳动法82〕", "劳动法〕")));
    }

    @Test
    void a_card_twice_a_part_twice_and_a_part_missing_are_refused() {
        String card = GOOD.substring(GOOD.indexOf("## "));
        assertEquals(List.of("wages.md:1 卡片的代号重复：wages-unpaid"), faults(GOOD + card));
        assertEquals(
                List.of("wages.md:22 这一部分写了两次：带什么"),
                faults(GOOD.replace("### 期限", "### 带什么").replace("一年内。〔劳动法82〕", "本子")));
        assertEquals(List.of("wages.md:4 缺少“去哪里”：wages-unpaid"), faults(GOOD.substring(0, GOOD.indexOf("### 去哪里"))));
    }

    @Test
    void an_empty_file_is_refused_not_read_as_no_cards() {
        assertTrue(faults("").contains("wages.md:1 文件开头应是“# 名称”和“topic: 代号”"));
    }

    @Test
    void the_shipped_cards_are_found_by_id_and_topic() {
        Cards cards = Cards.shipped();
        for (Topic topic : cards.topics()) {
            assertEquals(topic, cards.topic(topic.id()).orElseThrow());
            topic.cards()
                    .forEach(card -> assertEquals(card, cards.find(card.id()).orElseThrow()));
        }
    }
}
