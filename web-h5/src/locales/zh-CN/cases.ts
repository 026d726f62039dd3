/** Words about a case that residents and staff share. */
export const cases = {
  steps: { ACCEPT: '受理', DISPATCH: '分流', HANDLE: '处置', REPORT_BACK: '反馈', SUPERVISE: '督办', RATE: '评价' },
  progress: '办理进度：六步中的「{step}」',
  done: '已完成',
  current: '进行中',
  ahead: '未到',
  due: {
    left: '还剩 {time}',
    late: '已超时 {time}',
    days: '{d} 天 {h} 小时',
    wholeDays: '{d} 天',
    hours: '{h} 小时 {m} 分钟',
    wholeHours: '{h} 小时',
    minutes: '{m} 分钟',
    leftMoment: '还剩不到 1 分钟',
    lateMoment: '刚刚超时',
  },
  time: { today: '今天 {time}', yesterday: '昨天 {time}', day: '{month} 月 {day} 日 {time}', year: '{year} 年 {month} 月 {day} 日' },
} as const
