"""Cut one of Synthea's US Core bundles down to a few entries of each type, as they were made, with what they refer to.

python3 trim_us_core.py <folder with Synthea's *.json> <first letters of the patient's file> <target folder>
"""
import json
import pathlib
import re
import sys

MOST = 2  # of each type, besides what others refer to
ALL = {"AllergyIntolerance", "CarePlan", "CareTeam"}


def references(node):
    if isinstance(node, dict):
        if isinstance(node.get("reference"), str):
            yield node["reference"]
        for child in node.values():
            yield from references(child)
    elif isinstance(node, list):
        for child in node:
            yield from references(child)


def names(entry):
    resource = entry["resource"]
    yield entry["fullUrl"]
    for identifier in resource.get("identifier", []):
        yield f"{resource['resourceType']}?identifier={identifier.get('system')}|{identifier.get('value')}"


def bundle(entries):
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def wanted(entry, counts):
    resource = entry["resource"]
    kind = resource["resourceType"]
    if kind == "Provenance":
        return False
    counts[kind] = counts.get(kind, 0) + 1
    active = kind == "MedicationRequest" and resource["status"] == "active"
    return kind in ALL or active or counts[kind] <= MOST


def main(source, patient, target):
    files = {path.name: json.loads(path.read_text()) for path in pathlib.Path(source).glob("*.json")}
    entries, homes = {}, {}
    for name, content in files.items():
        if name.startswith((patient, "hospital", "practitioner")):
            for entry in content["entry"]:
                for key in names(entry):
                    entries[key] = entry
                homes[id(entry)] = name
    counts, taken = {}, {}
    open_ = [e for n, c in files.items() if n.startswith(patient) for e in c["entry"] if wanted(e, counts)]
    while open_:
        entry = open_.pop()
        if entry["fullUrl"] not in taken:
            taken[entry["fullUrl"]] = entry
            open_ += [entries[r] for r in references(entry["resource"]) if r in entries]
    pathlib.Path(target).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        kept = [e for e in content["entry"] if e["fullUrl"] in taken]
        for entry in content["entry"]:
            if name.startswith(patient) and entry["resource"]["resourceType"] == "Provenance":
                entry["resource"]["target"] = [t for t in entry["resource"]["target"] if t["reference"] in taken]
                kept.append(entry)
        if kept:
            short = re.match("[A-Za-z]+?(?=Information|[0-9])", name)[0].lower() + ".json"
            pathlib.Path(target, short).write_text(json.dumps(bundle(kept), indent=1, ensure_ascii=False) + "\n")
            print(short, len(kept))


main(*sys.argv[1:])
