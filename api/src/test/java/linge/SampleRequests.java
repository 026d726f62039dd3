package linge;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** One sensible request for each operation of the contract, to be sent as it is or bent. */
public final class SampleRequests {

    /** What a sample speaks of. */
    public record On(
            String number, String media, String user, String grid, String conversation, String chatKey, long row) {
        public On(String number, String media, String user, String grid) {
            this(number, media, user, grid, "nobodys-conversation-0", "", 1);
        }

        /** The same with a conversation, and the key its visitor brings. */
        public On talking(String conversation, String chatKey) {
            return new On(number, media, user, grid, conversation, chatKey, row);
        }

        /** The same with the row of a question or draft. */
        public On on(long row) {
            return new On(number, media, user, grid, conversation, chatKey, row);
        }
    }

    /** Path with query, and a body or none. */
    public record Sample(String path, JsonObject body) {}

    private SampleRequests() {}

    public static Sample of(String operation, On on) {
        Sample sample = all(on).get(operation);
        return Objects.requireNonNull(sample, () -> "no sample for the operation " + operation);
    }

    /** The headers an operation asks for beside those of the session. */
    public static Client withHeaders(String operation, Client client) {
        return operation.matches(
                        "fileCase|applyForLegalAid|makeBatch|fileFound|addFieldLog|blowWhistle|reportIn|addWhistleNote"
                                + "|applyForMediation|openMediation")
                ? client.with("Idempotency-Key", UUID.randomUUID().toString())
                : client;
    }

    private static Map<String, Sample> all(On on) {
        String acase = "/api/cases/" + on.number();
        JsonObject move = new JsonObject().put("move", "NOTE").put("version", 0).put("words", "已到现场");
        String parked = "/api/staff/notices/parked/" + on.row();
        String answer = "/api/staff/notices/answers/" + on.row();
        String whistle = "/api/whistles/" + on.media();
        String county = on.grid().substring(0, 6);
        String grids = "/api/admin/grids/imports/" + on.row();
        return Map.ofEntries(
                plain("getSettings", "/api/settings"),
                plain("listCategories", "/api/categories"),
                sending("triage", "/api/triage", new JsonObject().put("text", "路灯坏了")),
                plain("listPlaces", "/api/places?parent=140403"),
                plain("findGridAt", "/api/grids/at?lon=113.117&lat=36.195&crs=wgs84"),
                plain("findGridByWords", "/api/grids/find?q=%E5%85%AB%E4%B8%80%E7%A4%BE%E5%8C%BA"),
                plain("listGridOutlines", "/api/grids/outlines?west=113.11&south=36.19&east=113.12&north=36.2"),
                plain("getGrid", "/api/grids/" + on.grid()),
                sending("fileCase", "/api/cases", TestApp.streetLamp()),
                plain("listCases", "/api/cases?view=all&limit=5"),
                plain("getCase", acase),
                plain("getCaseHistory", acase + "/history"),
                plain("getCaseClocks", acase + "/clocks"),
                sending("makeMove", acase + "/moves", move),
                sending("rateCase", acase + "/rating", new JsonObject().put("score", 5)),
                sending("revealIdentity", acase + "/identity", new JsonObject().put("purpose", "需要当面核实情况")),
                plain("listTwins", acase + "/twins"),
                plain("joinTwins", acase + "/twins"),
                sending(
                        "mergeCases",
                        acase + "/followers",
                        new JsonObject()
                                .put(
                                        "cases",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("number", on.number())
                                                        .put("version", 0)))),
                sending(
                        "splitCase",
                        acase + "/split",
                        new JsonObject().put("version", 0).put("words", "现场看过，不是同一件事")),
                sending(
                        "twinsWhileFiling",
                        "/api/twins",
                        new JsonObject()
                                .put("text", "路灯坏了")
                                .put("area", on.grid())
                                .put("category", "MUNICIPAL.STREET_LAMP")),
                plain("uploadMedia", "/api/media"),
                plain("getMedia", "/api/media/" + on.media()),
                plain("deleteMedia", "/api/media/" + on.media()),
                plain("getThumbnail", "/api/media/" + on.media() + "/thumbnail"),
                sending("applyForMediation", "/api/mediations", dispute().put("grid", on.grid())),
                plain("listMyMediations", "/api/mediations"),
                sending(
                        "openMediation",
                        "/api/staff/mediations",
                        new JsonObject()
                                .put("source", "DESK")
                                .put("kind", "NEIGHBOURS")
                                .put("area", on.grid())
                                .put("facts", "楼上漏水泡了墙")
                                .put(
                                        "parties",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("name", "郝梅")
                                                        .put("applies", true))
                                                .add(new JsonObject().put("name", "李有财")))),
                plain("listMediations", "/api/staff/mediations?view=open&limit=5"),
                plain("getMediation", "/api/mediations/" + on.media()),
                sending(
                        "actOnMediation",
                        "/api/mediations/" + on.media() + "/acts",
                        new JsonObject().put("act", "NOTE").put("version", 0).put("words", "打过电话")),
                sending(
                        "readMediationIdentities",
                        "/api/mediations/" + on.media() + "/identity",
                        new JsonObject().put("purpose", "通知调解时间")),
                plain("listMediationCommittees", "/api/staff/mediation-committees?kind=FAMILY"),
                sending(
                        "keepMediationCommittee",
                        "/api/staff/mediation-committees",
                        new JsonObject()
                                .put(
                                        "name",
                                        "调委会" + UUID.randomUUID().toString().substring(0, 8))
                                .put("area", "140403")
                                .put("mediators", new JsonArray().add(new JsonObject().put("name", "郭调解")))),
                plain("listLegalAid", "/api/staff/legal-aid?view=open&limit=5"),
                plain("getLegalAidAtDesk", "/api/staff/legal-aid/" + on.number()),
                sending(
                        "actOnLegalAid",
                        "/api/legal/applications/" + on.number() + "/acts",
                        new JsonObject().put("act", "TELL_MISSING").put("papers", new JsonArray().add("工资流水"))),
                plain("prepareWhistle", acase + "/whistle"),
                sending(
                        "blowWhistle",
                        acase + "/whistle",
                        new JsonObject().put("reason", "要一起到现场看").put("lead", "HOUSING")),
                plain("listWhistles", "/api/whistles?view=open&limit=5"),
                plain("getWhistle", whistle),
                sending("reportIn", whistle + "/report", new JsonObject().put("people", new JsonArray().add("王工"))),
                sending("addWhistleNote", whistle + "/notes", new JsonObject().put("words", "已到现场")),
                sending("concludeWhistle", whistle + "/conclusion", said(on).put("words", "三天内修好")),
                sending("countersign", whistle + "/countersign", said(on).put("agreed", true)),
                sending(
                        "excuse",
                        whistle + "/excuses",
                        said(on).put("department", "HEALTH").put("words", "不用来")),
                sending(
                        "closeWhistle",
                        whistle + "/close",
                        said(on).put("callOff", true).put("words", "已经说清")),
                sending("sendSmsCode", "/api/sms-codes", new JsonObject().put("phone", TestApp.phone())),
                sending(
                        "signIn",
                        "/api/sessions",
                        new JsonObject()
                                .put("user", "nobody-" + UUID.randomUUID())
                                .put("password", "not the password")),
                plain("getSession", "/api/sessions"),
                plain("signOut", "/api/sessions"),
                plain("getMe", "/api/me"),
                sending("putMe", "/api/me", new JsonObject().put("name", "王小明")),
                sending(
                        "changePassword",
                        "/api/me/password",
                        new JsonObject().put("old", "not the old one").put("new", "a new and long one")),
                plain("listStaff", "/api/staff?limit=3"),
                sending("addStaff", "/api/staff", newcomer()),
                sending("changeStaff", "/api/staff/" + on.user(), new JsonObject().put("active", true)),
                plain("endStaffSessions", "/api/staff/" + on.user() + "/sessions"),
                sending(
                        "setLeave",
                        "/api/staff/" + on.user() + "/leave",
                        new JsonObject().put("from", "2099-01-01").put("until", "2099-01-02")),
                plain("listPosts", "/api/posts?limit=3"),
                sending(
                        "appointToPost",
                        "/api/posts/00000000-0000-0000-0000-000000000001/holders",
                        new JsonObject().put("user", on.user()).put("hold", "DEPUTY")),
                plain("endPost", "/api/posts/holders/00000000-0000-0000-0000-000000000001"),
                plain("getPost", "/api/posts/00000000-0000-0000-0000-000000000001"),
                sending(
                        "addPost",
                        "/api/admin/posts",
                        new JsonObject().put("area", on.grid().substring(0, 12)).put("role", "ADMINISTRATOR")),
                plain("cancelLeave", "/api/staff/" + on.user() + "/leave/00000000-0000-0000-0000-000000000001"),
                plain("getAdminHome", "/api/admin/home"),
                plain("getAdminArea", "/api/admin/areas/" + on.grid()),
                plain("listAreaNames", "/api/admin/areas/" + on.grid().substring(0, 12) + "/names"),
                sending(
                        "addAreaName",
                        "/api/admin/areas/" + on.grid().substring(0, 12) + "/names",
                        new JsonObject().put("name", "试名大院").put("kind", "ESTATE")),
                plain("removeAreaName", "/api/admin/areas/" + on.grid().substring(0, 12) + "/names/999999"),
                plain("listGridVersions", "/api/admin/grids"),
                plain("uploadGrids", "/api/admin/grids/imports?name=grids.geojson"),
                plain("getGridImport", grids),
                plain("listGridChanges", grids + "/changes?limit=5"),
                plain("getGridImportMap", grids + "/map?west=113&south=36&east=113.2&north=36.3"),
                sending("scheduleGrids", grids + "/schedule", new JsonObject().put("effectiveFrom", "2027-12-01")),
                plain("cancelGrids", grids + "/cancel"),
                plain("listAudit", "/api/admin/audit?act=staff&limit=5"),
                plain("listAuditActs", "/api/admin/audit/acts"),
                plain("exportAudit", "/api/admin/audit/export?act=staff.add"),
                plain("getProof", "/api/proof/AAAAAAAAAAAAAAAAAAAAAA"),
                plain("getProofCode", "/api/proof/AAAAAAAAAAAAAAAAAAAAAA/code"),
                plain("listWebhooks", "/api/staff/webhooks"),
                sending("addWebhook", "/api/staff/webhooks", webhook()),
                sending("changeWebhook", "/api/staff/webhooks/" + on.row(), new JsonObject().put("name", "平安山西")),
                plain("rotateWebhook", "/api/staff/webhooks/" + on.row() + "/secret"),
                plain("pingWebhook", "/api/staff/webhooks/" + on.row() + "/ping"),
                plain("listWebhookDeliveries", "/api/staff/webhooks/" + on.row() + "/deliveries?limit=5"),
                sending(
                        "settleWebhookDelivery",
                        "/api/staff/webhooks/" + on.row() + "/deliveries/1",
                        new JsonObject().put("do", "SEND")),
                plain("listSources", "/api/staff/sources"),
                sending("addSource", "/api/staff/sources", source()),
                sending("changeSource", "/api/staff/sources/" + on.row(), new JsonObject().put("perHour", 100)),
                plain("rotateSource", "/api/staff/sources/" + on.row() + "/secret"),
                sending("fileReport", "/api/intake/reports", report()),
                plain("getReport", "/api/intake/reports/PA-1"),
                plain("listClocks", "/api/staff/clocks?hours=24&limit=5"),
                plain("listClockProfiles", "/api/staff/clocks/profiles"),
                plain("listClockRuleVersions", "/api/staff/clocks/rules/ORDINARY/versions"),
                sending("changeClockRule", "/api/staff/clocks/rules/ORDINARY", clockRule(on.row())),
                sending(
                        "changeServiceHours",
                        "/api/staff/clocks/profiles/12345/hours",
                        new JsonObject().putNull("hours").put("why", "恢复默认")),
                plain("getCalendar", "/api/staff/calendar?year=2026"),
                sending(
                        "importCalendar",
                        "/api/staff/calendar",
                        new JsonObject().put("csv", "year").put("check", true)),
                plain("getInbox", "/api/inbox?limit=3"),
                sending("markInboxRead", "/api/inbox/read", new JsonObject().put("upTo", 0)),
                plain("live", "/api/live"),
                plain("getPushKey", "/api/push/key"),
                sending("putPushSubscription", "/api/push/subscription", subscription()),
                plain("deletePushSubscription", "/api/push/subscription"),
                sending("chat", "/api/chat", new JsonObject().put("text", "你好")),
                plain("getConversation", "/api/chat/" + on.conversation()),
                plain("deleteConversation", "/api/chat/" + on.conversation()),
                plain("exportConversations", "/api/me/conversations"),
                plain("deleteConversations", "/api/me/conversations"),
                plain("listQueue", "/api/queue?view=all&limit=5"),
                plain("listQueueFilters", "/api/queue/filters"),
                sending("saveQueueFilter", "/api/queue/filters", queueFilter()),
                sending("changeQueueFilter", "/api/queue/filters/" + Integer.MAX_VALUE, queueFilter()),
                plain("deleteQueueFilter", "/api/queue/filters/" + Integer.MAX_VALUE),
                sending("orderQueueFilters", "/api/queue/filter-order", new JsonObject().put("ids", new JsonArray())),
                sending("makeBatch", "/api/queue/batches", batch(on.number())),
                plain("suggestTargets", acase + "/suggestions"),
                sending("checkReply", acase + "/reply-check", new JsonObject().put("words", "已处理")),
                sending("askReplyRelease", acase + "/reply-releases", release()),
                plain("listReplyReleases", "/api/reply-releases?limit=10"),
                sending("decideReplyRelease", "/api/reply-releases/" + on.row() + "/decision", decision()),
                plain("getReplyPolicy", "/api/reply-policy"),
                sending("setReplyPolicy", "/api/reply-policy", policy()),
                plain("listReplyTemplates", "/api/reply-templates"),
                sending("addReplyTemplate", "/api/reply-templates", template()),
                sending(
                        "changeReplyTemplate",
                        "/api/reply-templates/" + on.row(),
                        template().put("version", 1)),
                plain("suggestReplyTemplates", acase + "/reply-templates"),
                sending("useReplyTemplate", acase + "/reply-templates/1", null),
                plain("getAdmissionList", "/api/admission"),
                sending("importAdmissionList", "/api/admission", admissions()),
                sending(
                        "askAdmission",
                        acase + "/admission",
                        new JsonObject().put("grid", on.grid()).put("why", "网格就在楼下，办得快")),
                plain("listAdmissionRequests", "/api/admission/requests?limit=10"),
                sending("decideAdmission", "/api/admission/requests/" + on.row() + "/decision", decision()),
                plain("listDesk", "/api/desk/conversations?view=open"),
                plain("readDesk", "/api/desk/conversations/" + on.conversation()),
                sending(
                        "answerDesk",
                        "/api/desk/conversations/" + on.conversation() + "/answers",
                        new JsonObject().put("text", "您好，我来帮您。")),
                plain("closeDesk", "/api/desk/conversations/" + on.conversation() + "/close"),
                sending("askLegal", "/api/legal/questions", new JsonObject().put("question", "老板拖欠工资怎么办")),
                plain("listLegalTopics", "/api/legal/topics"),
                plain("listLegalCards", "/api/legal/cards?topic=wages"),
                plain("getLegalCard", "/api/legal/cards/wages-unpaid"),
                plain("searchLegalArticles", "/api/legal/articles?q=%E5%B7%A5%E8%B5%84&limit=3"),
                plain("getLegalArticle", "/api/legal/articles/%E5%8A%B3%E5%8A%A8%E6%B3%95/50"),
                sending(
                        "checkEligibility",
                        "/api/legal/eligibility",
                        new JsonObject().put("answers", new JsonObject())),
                sending("draftLegalAid", "/api/legal/applications/draft", new JsonObject().put("answers", answers())),
                sending("applyForLegalAid", "/api/legal/applications", application()),
                plain("getLegalAid", "/api/legal/applications/" + on.number()),
                plain("getStatutes", "/api/legal/statutes"),
                plain("importStatutes", "/api/legal/statutes"),
                plain("listUnanswered", "/api/legal/unanswered"),
                plain("draftCard", "/api/legal/unanswered/" + on.row() + "/draft"),
                plain("closeUnanswered", "/api/legal/unanswered/" + on.row() + "/done"),
                plain("listCardDrafts", "/api/legal/drafts"),
                sending("changeCardDraft", "/api/legal/drafts/" + on.row(), card()),
                plain("deleteCardDraft", "/api/legal/drafts/" + on.row()),
                sending(
                        "publishCard",
                        "/api/legal/drafts/" + on.row() + "/publish",
                        new JsonObject().put("version", 0)),
                plain("exportCard", "/api/legal/drafts/" + on.row() + "/markdown"),
                plain("getMyNotices", "/api/me/notices"),
                sending("putMyNotices", "/api/me/notices", choices()),
                plain("trustMyPhone", "/api/me/notices/phone"),
                plain("getNoticeDesk", "/api/staff/notices/desk"),
                plain("getNoticeRates", "/api/staff/notices/rates?span=week"),
                plain("listParkedNotices", "/api/staff/notices/parked?channel=sms&limit=5"),
                sending("resendParked", parked + "/resend", new JsonObject()),
                sending(
                        "resendParkedGroup",
                        "/api/staff/notices/parked/resend",
                        new JsonObject().put("channel", "sms").put("reason", "no such reason")),
                sending("dropParked", parked + "/drop", new JsonObject().put("why", "已电话告知")),
                sending("setNoticeQuota", "/api/staff/notices/quotas/sms-day", new JsonObject().put("most", 100_000)),
                plain("listNoticeTemplates", "/api/staff/notices/templates"),
                sending(
                        "mapNoticeTemplate",
                        "/api/staff/notices/templates/case-filed/wechat-template",
                        new JsonObject().putNull("id").putNull("was")),
                sending("previewNotice", "/api/staff/notices/preview", new JsonObject().put("template", "case-filed")),
                plain("listBouncedNumbers", "/api/staff/notices/bounced"),
                plain("trustNumber", "/api/staff/notices/bounced/" + on.media() + "/trust"),
                plain("listStoppedAnswers", "/api/staff/notices/answers?limit=5"),
                plain("resendAnswer", answer + "/resend"),
                sending("dropAnswer", answer + "/drop", new JsonObject().put("why", "已电话告知")),
                plain("listNoticeActions", "/api/staff/notices/actions?limit=3"),
                plain("getWeChatVisit", "/api/wechat/visit"),
                sending("bindWeChat", "/api/wechat/binding", new JsonObject().put("phone", "13900000000")),
                plain("unbindWeChat", "/api/wechat/binding"),
                plain("getWeChatJsSdk", "/api/wechat/jssdk?url=http%3A%2F%2Flinge.test%2F"),
                plain("listWeChatPosters", "/api/wechat/posters"),
                plain("getWeChatPoster", "/api/wechat/posters/" + on.grid()),
                plain("getBoard", "/api/board"),
                plain("getBoardTrend", "/api/board/trend?step=week"),
                plain("getHotTopics", "/api/board/topics"),
                plain("getBoardMap", "/api/board/map"),
                plain("listBoardCases", "/api/board/cases?figure=FILED&limit=5"),
                plain("exportCases", "/api/board/export?figure=FILED&format=csv"),
                plain("getEvaluationScore", "/api/evaluation/score?period=2026Q1"),
                plain("listEvaluationLines", "/api/evaluation/lines?period=2026Q1&limit=5"),
                plain("rankEvaluation", "/api/evaluation/ranking?period=2026Q1&limit=5&area=" + county),
                plain("listEvaluationPeriods", "/api/evaluation/periods?area=" + county),
                sending("publishEvaluation", "/api/evaluation/periods", period(county)),
                sending("finaliseEvaluation", "/api/evaluation/periods/final", period(county)),
                plain("listEvaluationObjections", "/api/evaluation/objections?view=all&limit=5&area=" + county),
                sending(
                        "objectToEvaluation",
                        "/api/evaluation/objections",
                        new JsonObject().put("period", "2099Q1").put("words", "这一条不是我办的")),
                sending(
                        "decideEvaluationObjection",
                        "/api/evaluation/objections/" + on.media() + "/decision",
                        new JsonObject().put("upheld", false).put("words", "记录没有错")),
                plain("listEvaluationSignals", "/api/evaluation/signals?period=2026Q1&area=" + county),
                sending(
                        "decideEvaluationSignal",
                        "/api/evaluation/signals",
                        period(county)
                                .put("period", "2026Q1")
                                .put("key", "EDGE:nobody")
                                .put("confirmed", false)
                                .put("words", "核实过，没有问题")),
                plain("getEvaluationRules", "/api/evaluation/rules?area=" + county),
                sending(
                        "changeEvaluationRules",
                        "/api/evaluation/rules",
                        new JsonObject()
                                .put("area", county)
                                .put("was", 0)
                                .put("inherit", true)
                                .put("why", "恢复默认")),
                plain("listRewards", "/api/evaluation/rewards?year=2026&limit=5&area=" + county),
                sending(
                        "proposeReward",
                        "/api/evaluation/rewards",
                        new JsonObject()
                                .put("user", on.user())
                                .put("period", "2026Q1")
                                .put("amount", 20_000)
                                .put("ground", "季度考核排名第一")),
                sending(
                        "actOnReward",
                        "/api/evaluation/rewards/" + Integer.MAX_VALUE + "/acts",
                        new JsonObject().put("act", "APPROVE")),
                plain("exportRewards", "/api/evaluation/rewards/csv?year=2026&area=" + county),
                sending(
                        "setRewardBudget",
                        "/api/evaluation/budget",
                        new JsonObject()
                                .put("area", county)
                                .put("year", 2026)
                                .put("amount", 1_000_000)
                                .put("why", "年初预算")),
                plain("listHonours", "/api/evaluation/honours?area=" + county),
                sending(
                        "chooseForHonour",
                        "/api/evaluation/honours",
                        new JsonObject()
                                .put("user", on.user())
                                .put("period", "2099Q1")
                                .put("words", "走访最勤，群众最满意")),
                sending(
                        "consentToHonour",
                        "/api/evaluation/honours/" + on.media() + "/consent",
                        new JsonObject().put("consent", "MASKED")),
                plain("endHonour", "/api/evaluation/honours/" + on.media()),
                plain("listPublicHonours", "/api/honours"),
                plain("getDemoData", "/api/demo/data"),
                sending("fillDemoData", "/api/demo/data", new JsonObject().put("cases", 1)),
                plain("clearDemoData", "/api/demo/data"),
                plain("getToday", "/api/field/today"),
                plain("takeCasesAlong", "/api/field/cases"),
                plain("getFieldCase", "/api/field/cases/" + on.number()),
                plain("callResident", "/api/field/cases/" + on.number() + "/call"),
                sending("putFieldStamps", "/api/field/stamps", stamps()),
                sending(
                        "fileFound",
                        "/api/field/found",
                        new JsonObject().put("text", "巡查发现路边的井盖松动").put("address", "3 号楼东侧")),
                sending("addFieldLog", "/api/field/logs", visit()),
                plain("listFieldLogs", "/api/field/logs?limit=5"),
                sending(
                        "strikeOutFieldLog",
                        "/api/field/logs/" + on.media() + "/void",
                        new JsonObject().put("why", "写错了")),
                plain("getLedger", "/api/field/ledger?month=2026-11"),
                plain("getLedgerDay", "/api/field/ledger/days/2026-11-26"),
                plain("exportLedger", "/api/field/ledger/csv?from=2026-11-01&to=2026-11-30"),
                plain("listCampaigns", "/api/field/campaigns"),
                plain("getCampaign", "/api/field/campaigns/" + on.row()),
                sending("addCampaign", "/api/field/campaigns", campaign()),
                plain("endCampaign", "/api/field/campaigns/" + on.row() + "/end"),
                plain("listDemoMessages", "/api/demo/messages?phone=13900000000"),
                plain("listDemoSignIns", "/api/demo/sign-ins?grid=" + on.grid()));
    }

    /** A period that is not over. */
    private static JsonObject period(String county) {
        return new JsonObject().put("area", county).put("period", "2099Q1");
    }

    /** Answers to the whole check, by somebody who may apply. */
    public static JsonObject answers() {
        return new JsonObject()
                .put("matter", "wages")
                .put("lawyer", "no")
                .put("group", "migrant")
                .put("applicant", "self")
                .put("deadline", "later")
                .put("papers", "identity");
    }

    /** What a browser says of itself when it subscribes; the keys are an example's of RFC 8291. */
    public static JsonObject subscription() {
        return new JsonObject()
                .put("endpoint", "https://push.example.org/send/1")
                .put(
                        "keys",
                        new JsonObject()
                                .put(
                                        "p256dh",
                                        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")
                                .put("auth", "BTBZMqHH6r4Tts7J_aSIgg"));
    }

    public static JsonObject application() {
        return new JsonObject()
                .put("answers", answers())
                .put("name", "王小明")
                .put("facts", "在工地干了三个月，老板一直不给工钱。")
                .put("point", TestApp.streetLamp().getJsonObject("point"));
    }

    /** A card that can be published, but for its version. */
    public static JsonObject card() {
        return new JsonObject()
                .put("version", 0)
                .put("title", "工钱打了白条怎么要")
                .put("topic", "wages")
                .put("asks", new JsonArray(List.of("工钱打了白条怎么要", "老板写了欠条不给钱", "白条能要回工钱吗", "包工头打欠条了咋办")))
                .put("routes", new JsonArray(List.of("LABOUR_INSPECTION", "LEGAL_AID")))
                .put("answer", "工资要按月用钱发给你，不能用白条顶。〔劳动法50〕")
                .put("steps", new JsonArray(List.of("拿着白条去找劳动监察投诉。〔劳动保障监察条例9〕")))
                .put("papers", new JsonArray(List.of("身份证", "白条")))
                .put("places", new JsonArray(List.of("工地所在县区的劳动监察大队")));
    }

    /** All that a resident can choose about notices. */
    public static JsonObject choices() {
        return new JsonObject()
                .put("wechat", true)
                .put("sms", true)
                .put("webPush", false)
                .put("quiet", new JsonObject().put("from", "22:00").put("to", "07:00"))
                .put("elderWords", false);
    }

    /** Leads to nobody: nothing listens there. */
    public static JsonObject webhook() {
        return new JsonObject().put("name", "平安山西").put("url", "http://127.9.9.9:9/hear");
    }

    public static JsonObject source() {
        return new JsonObject()
                .put("code", "s-" + UUID.randomUUID().toString().substring(0, 8))
                .put("name", "平安山西");
    }

    /** An answer that gives somebody away, and why it should go out all the same. */
    public static JsonObject release() {
        return new JsonObject()
                .put("words", "11月24日市政所维修人员到现场更换了路灯灯头，值班电话13934556677，当晚恢复照明。")
                .put("why", "这是公开的值班电话");
    }

    private static JsonObject decision() {
        return new JsonObject().put("grant", true).put("reason", "情况属实");
    }

    private static JsonObject policy() {
        return new JsonObject().put("stance", "REMIND").put("why", "先试行");
    }

    public static JsonObject template() {
        return new JsonObject()
                .put("name", "路灯修好了")
                .put("categories", new JsonArray(List.of("MUNICIPAL.STREET_LAMP")))
                .put("words", "您反映的{反映事项}，{责任单位}于{办理日期}{办理结果}。")
                .put("required", new JsonArray(List.of("办理结果")));
    }

    /** One item, only looked at. */
    public static JsonObject admissions() {
        return new JsonObject()
                .put("check", true)
                .put("csv", "编号,部门,事项,谁来办,工作日,类别\nUM-1,城市管理局,路灯损坏的巡查上报,网格,1,市政设施·路灯\n");
    }

    /** A name that nobody gave before. */
    public static JsonObject queueFilter() {
        return new JsonObject()
                .put("name", "今天到期 " + UUID.randomUUID().toString().substring(0, 8))
                .put("filter", new JsonObject().put("view", "open").put("due", "today"))
                .put("shared", true);
    }

    public static JsonObject batch(String number) {
        return new JsonObject()
                .put("move", "NOTE")
                .put("words", "已到现场")
                .put(
                        "cases",
                        new JsonArray()
                                .add(new JsonObject().put("number", number).put("version", 0)));
    }

    /** Where and when a move was written, as a phone says it. */
    public static JsonObject stamps() {
        String now = Instant.now().toString();
        return new JsonObject()
                .put("sentAt", now)
                .put(
                        "items",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("key", UUID.randomUUID().toString())
                                        .put("at", now)
                                        .put("point", TestApp.streetLamp().getJsonObject("point"))));
    }

    public static JsonObject visit() {
        String now = Instant.now().toString();
        return new JsonObject()
                .put("kind", "VISIT")
                .put("about", "ALONE")
                .put("at", now)
                .put("sentAt", now)
                .put("households", 2)
                .put("people", 3)
                .put("words", "家里暖气正常，提醒了用电安全。");
    }

    public static JsonObject campaign() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        return new JsonObject()
                .put("title", "冬季用气安全敲门行动")
                .put("begins", today.minusDays(1).toString())
                .put("ends", today.plusDays(6).toString());
    }

    public static JsonObject report() {
        return TestApp.streetLamp().put("number", "PA-1").put("kind", "REPORT");
    }

    /** A quarrel of neighbours; where is still to be said. */
    public static JsonObject dispute() {
        return new JsonObject()
                .put("kind", "NEIGHBOURS")
                .put("facts", "楼上漏水泡坏了墙面，谈了两次没谈拢")
                .put("wish", "修好墙面，赔礼道歉")
                .put("name", "郝梅梅")
                .put("other", new JsonObject().put("name", "李有财"));
    }

    /** What is said of a whistle as it stands. */
    private static JsonObject said(On on) {
        return new JsonObject().put("version", on.row());
    }

    /** @param was the version in force */
    public static JsonObject clockRule(long was) {
        return new JsonObject()
                .put("was", was)
                .put("amount", 4)
                .put("label", "4 个工作日内办结")
                .put("why", "市里要求提速");
    }

    private static JsonObject newcomer() {
        return new JsonObject()
                .put("user", "new-" + UUID.randomUUID())
                .put("name", "新来的")
                .put("role", "DISPATCHER")
                .put("area", "140403")
                .put("password", "a new and long one");
    }

    private static Map.Entry<String, Sample> plain(String operation, String path) {
        return Map.entry(operation, new Sample(path, null));
    }

    private static Map.Entry<String, Sample> sending(String operation, String path, JsonObject body) {
        return Map.entry(operation, new Sample(path, body));
    }
}
