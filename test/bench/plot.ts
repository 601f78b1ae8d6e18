import * as echarts from 'echarts';

import type { Bars } from './figures';

const WIDTH_PIXELS = 900;
const CHART_PIXELS = 340;

/** The charts below each other, as one SVG. */
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
			...(series.length > 1 && { legend: { top: 30 } }),
			grid: { left: 20, right: 80, top: 64, bottom: 24, containLabel: true },
			xAxis: { type: 'value', name: unit },
			yAxis: { type: 'category', data: names, inverse: true },
			series: series.map(({ name, values }) => ({
				type: 'bar',
				name,
				data: values.map((value) => Number(value.toPrecision(3))),
				label: { show: true, position: 'right' },
			})),
		});
		return chart.renderToSVGString();
	} finally {
		chart.dispose();
	}
}
