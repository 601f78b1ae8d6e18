import * as echarts from 'echarts';

import type { Bars } from './figures';

const WIDTH_PIXELS = 900;

/** The digits of the numbers at the bars; more would be noise. */
const DIGITS = 3;
const CHART_PIXELS = 340;

/**
 * Without a browser, the library does not know the widths of letters, so leave room for the longest
 * name.
 */
const NAME_PIXELS = 230;

/** The charts, one below the other, as one SVG. */
export function plotAsSvg(charts: Bars[]): string {
	const height = CHART_PIXELS * charts.length;
	const parts = charts.map((bars, index) => {
		const svg = chartAsSvg(bars);
		return svg.replace('<svg ', `<svg y="${index * CHART_PIXELS}" `);
	});
	const size = `width="${WIDTH_PIXELS}" height="${height}" viewBox="0 0 ${WIDTH_PIXELS} ${height}"`;
	return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${parts.join('\n')}\n</svg>\n`;
}

function chartAsSvg({ title, unit, names, series }: Bars): string {
	const chart = echarts.init(null, null, {
		renderer: 'svg',
		ssr: true,
		width: WIDTH_PIXELS,
		height: CHART_PIXELS,
	});
	try {
		chart.setOption({
			animation: false,
			backgroundColor: '#ffffff',
			title: { text: title, left: 'center', textStyle: { fontSize: 15 } },
			...(series.length > 1 && { legend: { top: 34, itemGap: 24 } }),
			grid: { left: NAME_PIXELS, right: 90, top: 72, bottom: 36 },
			xAxis: { type: 'value', name: unit },
			yAxis: { type: 'category', data: names, inverse: true },
			series: series.map(({ name, values }) => ({
				type: 'bar',
				name,
				data: values.map((value) => Number(value.toPrecision(DIGITS))),
				label: { show: true, position: 'right' },
			})),
		});
		return chart.renderToSVGString();
	} finally {
		chart.dispose();
	}
}
