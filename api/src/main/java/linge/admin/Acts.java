package linge.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the acts of the audit trail are called, in the order in which they are offered. A test finds an act without a name. */
final class Acts {

    /** By the part of an act before its first dot. */
    private static final Map<String, String> GROUPS = inOrder(
            "staff", "账号",
            "post", "岗位与休假",
            "grids", "网格更换",
            "area", "别名",
            "clocks", "期限规则",
            "case", "诉求",
            "whistle", "吹哨",
            "reply", "答复检查",
            "reply-template", "答复模板",
            "admission", "准入清单",
            "mediation", "人民调解",
            "committee", "调解委员会",
            "legal-aid", "法律援助",
            "evaluation", "考核",
            "reward", "以奖代补",
            "honour", "光荣榜",
            "campaign", "敲门行动",
            "field", "现场工作",
            "filter", "共用条件",
            "talk", "人工座席",
            "card", "知识卡片",
            "legal", "法律文本与问题",
            "notices", "通知台",
            "webhook", "推送",
            "source", "来源",
            "board", "统计看板",
            "audit", "操作记录",
            "demo", "演示数据");

    private static final Map<String, String> LABELS = inOrder(
            "staff.add", "添加账号",
            "staff.open", "启用账号",
            "staff.close", "停用账号",
            "staff.password", "重设密码",
            "staff.own-password", "修改自己的密码",
            "staff.sign-out", "让账号全部下线",
            "post.add", "新设岗位",
            "post.holder", "任职",
            "post.deputy", "指定副职代理",
            "post.delegate", "按日期授权",
            "post.end", "卸任",
            "post.leave", "登记休假",
            "post.leave-back", "销假",
            "grids.upload", "上传网格文件",
            "grids.schedule", "确定网格生效日期",
            "grids.cancel", "取消网格更换",
            "area.name-add", "添加别名",
            "area.name-remove", "移除别名",
            "clocks.rule", "修改期限规则",
            "clocks.hours", "修改服务时间",
            "clocks.calendar", "导入节假日",
            "case.reveal", "查看身份",
            "case.call", "拨打隐私号码",
            "case.merge", "并案",
            "case.split", "拆案",
            "whistle.note", "记录吹哨进展",
            "whistle.conclude", "写联合结论",
            "whistle.countersign", "会签",
            "whistle.excuse", "免到",
            "reply.despite-concerns", "带着提醒发出答复",
            "reply.release-asked", "请求放行答复",
            "reply.release-granted", "放行答复",
            "reply.release-refused", "不予放行答复",
            "reply.released", "发出放行的答复",
            "reply.policy", "修改答复检查的严格程度",
            "reply-template.added", "添加答复模板",
            "reply-template.changed", "修改答复模板",
            "admission.imported", "导入准入清单",
            "admission.asked", "申请单次准入",
            "admission.granted", "同意单次准入",
            "admission.refused", "不同意单次准入",
            "mediation.open", "登记纠纷",
            "mediation.accept", "受理调解",
            "mediation.refuse", "不予受理调解",
            "mediation.assign", "指派调解员",
            "mediation.say-will", "登记当事人意愿",
            "mediation.recuse", "请换调解员",
            "mediation.plan", "约定调解时间",
            "mediation.record", "记录调解",
            "mediation.extend", "延长调解期限",
            "mediation.pause", "暂停调解等鉴定",
            "mediation.resume", "恢复调解",
            "mediation.agree", "登记调解协议",
            "mediation.fail", "登记调解不成",
            "mediation.withdraw", "撤回调解",
            "mediation.confirm-apply", "登记申请司法确认",
            "mediation.confirm-decline", "登记不申请司法确认",
            "mediation.confirm-result", "登记法院裁定",
            "mediation.perform", "回访协议履行",
            "mediation.close", "归档调解",
            "mediation.note", "记录调解情况",
            "mediation.identity", "查看当事人身份",
            "committee.add", "添加调解委员会",
            "committee.change", "修改调解委员会",
            "legal-aid.tell-missing", "一次告知补正材料",
            "legal-aid.grant", "决定给予法律援助",
            "legal-aid.refuse", "决定不予法律援助",
            "legal-aid.assign", "指派法律援助人员",
            "legal-aid.decide-objection", "处理法律援助异议",
            "legal-aid.report", "法律援助结案",
            "evaluation.publish", "公示考核",
            "evaluation.final", "考核定稿",
            "evaluation.rules", "修改计分规则",
            "evaluation.object", "对考核提出异议",
            "evaluation.uphold", "支持考核异议",
            "evaluation.reject", "驳回考核异议",
            "evaluation.confirm-signal", "认定异常线索",
            "evaluation.dismiss-signal", "排除异常线索",
            "reward.propose", "提出奖补",
            "reward.reverse", "冲销奖补",
            "reward.approve", "批准奖补",
            "reward.refuse", "不批准奖补",
            "reward.pay", "登记奖补发放",
            "reward.budget", "设定奖补预算",
            "reward.export", "导出奖补台账",
            "honour.choose", "推荐上光荣榜",
            "honour.consent", "本人同意上榜",
            "honour.end", "撤下光荣榜",
            "campaign.add", "发起敲门行动",
            "campaign.end", "结束敲门行动",
            "field.strike-out", "作废走访巡查记录",
            "field.export", "导出台账",
            "filter.share", "共用一组条件",
            "filter.change", "修改共用条件",
            "filter.unshare", "不再共用条件",
            "filter.delete", "删除共用条件",
            "talk.close", "结束人工答复",
            "card.draft", "起草知识卡片",
            "card.change", "修改知识卡片",
            "card.publish", "发布知识卡片",
            "card.delete", "删除知识卡片",
            "legal.question-done", "了结没答上的问题",
            "legal.statutes", "导入法律文本",
            "notices.resend", "重发一条通知",
            "notices.resend-group", "重发一组通知",
            "notices.drop", "不再发一条通知",
            "notices.map-template", "登记通知模板",
            "notices.set-quota", "修改通知额度",
            "notices.trust-number", "恢复号码",
            "notices.resend-answer", "重发一条回话",
            "notices.drop-answer", "不再发一条回话",
            "webhook.add", "添加推送",
            "webhook.change", "修改推送",
            "webhook.rotate", "更换推送密钥",
            "webhook.ping", "试发推送",
            "webhook.send-again", "重发一条推送",
            "webhook.skip", "略过一条推送",
            "source.add", "添加来源",
            "source.change", "修改来源",
            "source.rotate", "更换来源密钥",
            "board.export", "导出统计明细",
            "audit.read", "查看操作记录",
            "audit.export", "导出操作记录",
            "demo.fill", "填充演示数据",
            "demo.clear", "清除演示数据");

    private static final Map<String, String> DETAILS = inOrder(
            "area", "区域",
            "role", "职务",
            "department", "部门",
            "hold", "方式",
            "from", "自",
            "until", "至",
            "to", "至",
            "begins", "开始",
            "ends", "结束",
            "why", "原因",
            "purpose", "用途",
            "merged", "并入的诉求",
            "whistle", "吹哨编号",
            "line", "第几条",
            "answered", "拨通",
            "fields", "改了什么",
            "delivery", "投递编号",
            "bytes", "字节",
            "cases", "件数",
            "count", "条数",
            "channel", "通道",
            "reason", "原因",
            "template", "模板",
            "platform", "平台",
            "was", "原来",
            "id", "编号",
            "keys", "字段",
            "name", "名称",
            "note", "说明",
            "most", "上限",
            "phone", "号码",
            "person", "人员编号",
            "figure", "数字",
            "part", "部分",
            "category", "类别",
            "filter", "条件",
            "who", "姓名",
            "act", "操作",
            "subject", "对象",
            "effectiveFrom", "生效日期",
            "faults", "错误",
            "grids", "网格",
            "changes", "变动");

    private Acts() {}

    /** In Chinese; the act itself where nobody named it. */
    static String label(String act) {
        return LABELS.getOrDefault(act, act);
    }

    static boolean isNamed(String act) {
        return LABELS.containsKey(act) && GROUPS.containsKey(act.substring(0, act.indexOf('.')));
    }

    static Iterable<String> all() {
        return LABELS.keySet();
    }

    /** What a detail is called; its own name where nobody named it. */
    static String detail(String name) {
        return DETAILS.getOrDefault(name, name);
    }

    /** {@code {"groups":[{"group","name","acts":[{"act","name"}]}]}}. */
    static JsonObject shown() {
        JsonArray groups = new JsonArray();
        GROUPS.forEach((group, name) -> {
            JsonArray acts = new JsonArray();
            LABELS.forEach((act, label) -> {
                if (act.startsWith(group + ".")) {
                    acts.add(new JsonObject().put("act", act).put("name", label));
                }
            });
            groups.add(new JsonObject().put("group", group).put("name", name).put("acts", acts));
        });
        return new JsonObject().put("groups", groups);
    }

    private static Map<String, String> inOrder(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
