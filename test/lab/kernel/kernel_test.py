"""Jupyter's own suite for kernels, with every test that it offers (run by jupyter-kernel-test.test.ts)."""

import unittest

import jupyter_kernel_test


class TypeScriptKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "tslab"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world");'
    code_stderr = 'console.error("on standard error");'
    completion_samples = [
        {"text": "Math.hypo", "matches": {"hypot"}},
        {"text": "structuredCl", "matches": {"structuredClone"}},
    ]
    complete_code_samples = ["const a = 1;", "function f() {\n  return 1;\n}", "// only a comment"]
    incomplete_code_samples = ["function f() {", "const a = [1,", "`text"]
    invalid_code_samples = ["const 1a = 2;\nconst b = 3;"]
    code_page_something = "Math.max?"
    code_generate_error = 'throw new Error("on purpose");'
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": "[1, 2].map((x) => 2 * x)", "result": "[ 2, 4 ]"},
        {"code": "({ toHtml: () => '<b>b</b>' })", "mime": "text/html", "result": "<b>b</b>"},
        {"code": "[[1, 2], [3, 4]]", "mime": "text/html"},
    ]
    code_display_data = [
        {"code": 'import { display } from "tslab"; display.html("<b>b</b>");', "mime": "text/html"},
        {"code": 'display.svg("<svg></svg>");', "mime": "image/svg+xml"},
    ]
    code_history_pattern = "1 ?*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.max"
    code_clear_output = "console.clear();"


class TypeScriptWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "tslab"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main(verbosity=2)
