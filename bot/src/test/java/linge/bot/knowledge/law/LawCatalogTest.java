package linge.bot.knowledge.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LawCatalogTest {
    private static final String LENDING = "最高人民法院关于审理民间借贷案件适用法律若干问题的规定";
    private static final String LABOUR_1 = "最高人民法院关于审理劳动争议案件适用法律问题的解释（一）";
    private static final String LABOUR_2 = "最高人民法院关于审理劳动争议案件适用法律问题的解释（二）";
    private static final String LABOUR_OLD = "最高人民法院关于审理劳动争议案件适用法律若干问题的解释";
    private static final String MARRIAGE_1 = "最高人民法院关于适用《民法典》婚姻家庭编的解释（一）";
    private static final String MARRIAGE_2 = "最高人民法院关于适用《民法典》婚姻家庭编的解释（二）";
    private static final String SECURITY = "最高人民法院关于适用《民法典》有关担保制度的解释";
    private static final String PROCEDURE = "最高人民法院关于适用《民事诉讼法》的解释";
    private static final String THEFT = "最高人民法院、最高人民检察院关于办理盗窃刑事案件适用法律若干问题的解释";

    private final LawCatalog catalog = new LawCatalog(List.of(
            law("劳动合同法", true),
            law("劳动合同法实施条例", true),
            law("民事诉讼法", true),
            law("治安管理处罚法", true),
            law("农村土地承包法", true),
            law("人民检察院办理认罪认罚案件工作规定（试行）", true),
            interpretation(LENDING, true),
            interpretation(LABOUR_1, true),
            interpretation(LABOUR_2, true),
            interpretation(LABOUR_OLD, false),
            interpretation(MARRIAGE_1, true),
            interpretation(MARRIAGE_2, true),
            interpretation(SECURITY, true),
            interpretation(PROCEDURE, true),
            interpretation(THEFT, true)));

    private static LawCatalog.Entry law(String name, boolean current) {
        return new LawCatalog.Entry(name, "中华人民共和国" + name, current);
    }

    private static LawCatalog.Entry interpretation(String name, boolean current) {
        return new LawCatalog.Entry(name, name.replace("《", "《中华人民共和国"), current);
    }

    @ParameterizedTest
    @CsvSource({
        "劳动合同法, 劳动合同法",
        "《劳动合同法》, 劳动合同法",
        "中华人民共和国劳动合同法, 劳动合同法",
        "《中华人民共和国劳动合同法》（2012修正）, 劳动合同法",
        " 劳动 合同法 , 劳动合同法",
        "劳动合同法实施条例, 劳动合同法实施条例",
        "民诉法, 民事诉讼法",
        "治安处罚法, 治安管理处罚法",
        "土地承包法, 农村土地承包法",
        "人民检察院办理认罪认罚案件工作规定(试行), 人民检察院办理认罪认罚案件工作规定（试行）",
    })
    void a_law_is_found_by_its_usual_names(String said, String law) {
        assertEquals(law, catalog.law(said).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        LENDING + "," + LENDING,
        "《" + LENDING + "》," + LENDING,
        "民间借贷司法解释," + LENDING,
        "民间借贷规定," + LENDING,
        "最高院关于民间借贷的司法解释," + LENDING,
        "劳动争议解释（一）," + LABOUR_1,
        "劳动争议司法解释(二)," + LABOUR_2,
        "最高人民法院关于审理劳动争议案件适用法律若干问题的解释（二）," + LABOUR_2,
        "民法典婚姻家庭编解释（一）," + MARRIAGE_1,
        "婚姻家庭编解释（二）," + MARRIAGE_2,
        "最高人民法院关于适用《中华人民共和国民法典》婚姻家庭编的解释（一）," + MARRIAGE_1,
        "担保制度解释," + SECURITY,
        "民法典担保制度司法解释," + SECURITY,
        "民诉法解释," + PROCEDURE,
        "民事诉讼法司法解释," + PROCEDURE,
        "盗窃司法解释," + THEFT,
    })
    void a_judicial_interpretation_is_found_however_it_is_spelt(String said, String law) {
        assertEquals(law, catalog.law(said).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "法", "解释", "司法解释", "婚姻家庭编解释", "劳动法", "火星土地法", "最高人民法院"})
    void a_name_that_means_no_law_or_several_finds_none(String said) {
        assertTrue(catalog.law(said).isEmpty(), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {LABOUR_OLD})
    void a_law_that_ended_is_still_found_by_its_own_name(String said) {
        assertEquals(LABOUR_OLD, catalog.law(said).orElseThrow());
    }
}
