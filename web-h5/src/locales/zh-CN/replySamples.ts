/** A made-up case, for the preview of a template. */
export const sampleCase: Record<string, string> = {
  编号: '261126000018', 反映事项: '路灯', 网格: '第三网格', 地点: '英雄中路幸福小区', 责任单位: '城市管理局', 受理日期: '11月24日', 今天: '11月26日',
}
