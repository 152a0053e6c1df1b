/** @file Every format that `export` writes. */
import type { ExportFormat } from './export-format.ts';
import { nirExport } from './nir-export.ts';
import { npzExport } from './npz-export.ts';
import { onnxExport } from './onnx-export.ts';
import { stateDictExport } from './state-dict-export.ts';

export const EXPORT_FORMATS: readonly ExportFormat[] = [onnxExport, nirExport, stateDictExport, npzExport];
