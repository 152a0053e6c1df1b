/** @file Every format that `export` writes. */
import type { ExportFormat } from './export-format.ts';
import { onnxExport } from './onnx-export.ts';

export const EXPORT_FORMATS: readonly ExportFormat[] = [onnxExport];
