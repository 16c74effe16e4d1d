# element_tree.py - the script people write: ElementTree and json.dump.
# SPDX-License-Identifier: Apache-2.0
#
# usage: element_tree.py INPUT OUTPUT
import json
import os
import sys
import uuid
import xml.etree.ElementTree as ElementTree

source, output = sys.argv[1:]
os.mkdir(output)
for suite in ElementTree.parse(source).getroot().iter("testsuite"):
    for case in suite.iter("testcase"):
        failure = case.find("failure")
        skipped = case.find("skipped")
        status = (
            "failed" if failure is not None
            else "skipped" if skipped is not None
            else "passed"
        )
        result = {
            "uuid": str(uuid.uuid4()),
            "name": case.get("name"),
            "fullName": case.get("classname") + "." + case.get("name"),
            "status": status,
            "stage": "finished",
            "start": 0,
            "stop": int(float(case.get("time")) * 1000),
            "labels": [{"name": "suite", "value": suite.get("name")}],
        }
        if failure is not None:
            result["statusDetails"] = {
                "message": failure.get("message"),
                "trace": failure.text,
            }
        path = os.path.join(output, result["uuid"] + "-result.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(result, file, ensure_ascii=False)
