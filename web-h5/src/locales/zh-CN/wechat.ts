/** Pages inside WeChat: binding a phone; posters to print. */
export const wechat = {
  map: '在微信地图里看，可以导航',
  bind: {
    title: '绑定手机号',
    lead: '绑定以后，在微信里就能提交诉求、收到每一步的通知。',
    go: '绑定',
    bound: '这个微信现在绑定的是 {phone}',
    sure: '确认改绑',
    keep: '先不改',
    late: '页面停留太久了',
    lateText: '请回到微信，从公众号里重新打开这一页。',
    signIn: '用手机号登录',
  },
  done: { title: '绑定好了', text: '可以回到微信接着说，刚才的事会继续办。', cases: '看我的诉求', home: '去首页' },
  mine: {
    title: '微信',
    lead: '您的微信绑定在这个手机号上，办理进展会发到微信。',
    unbind: '解除绑定',
    sure: '解除微信绑定？',
    text: '以后微信里不再收到办理进展，改用短信等别的方式告诉您；在公众号里说话，也不会认得您。已经提交的诉求不受影响。想再用微信，重新绑定一次就行。',
    done: '已解除绑定',
  },
  posters: {
    title: '扫码海报',
    lead: '每个网格、村（社区）一张 A4 海报，打印出来贴在楼道口，居民扫码就能在这里上报。',
    find: '按名称或编码查找',
    open: '打开并打印 {name} 的海报',
    pdf: 'PDF',
    pdfOf: '{name} 的海报，PDF，可直接送印',
    more: '只列出前 {n} 个，请缩小范围',
    none: '没有找到',
  },
} as const
