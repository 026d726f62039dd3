/** Pages for the operator of a demo city. */
export const demo = {
  messages: {
    title: '本地短信网关（演示）',
    short: '演示短信',
    lead: '演示城市不会真的发短信：本该发出去的，都显示在这里。',
    phone: '只看一个手机号',
    phoneHint: '例如 138 0000 0000',
    all: '看全部',
    none: '还没有短信',
    noneText: '去登录页要一个验证码，这里马上就有。',
    copy: '复制验证码 {code}',
    copied: '验证码 {code} 已复制',
    live: '每 3 秒自动更新',
    paused: '页面不在前台，已暂停更新',
    closed: '这里不是演示城市',
    closedText: '正式部署不会把短信显示在网页上。',
    fresh: '新短信：{text}',
  },
} as const
