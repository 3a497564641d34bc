"""Cut Synthea's patient bundles down to small transaction bundles.

python3 trim_synthea.py <folder with Synthea's *.json> <target folder> <patient id or its first digits> ...
"""
import json
import pathlib
import re
import string
import sys
import unicodedata

MRN_SYSTEM = "https://carepathway.org/demo/mrn"
MOST = {"Condition": 12, "AllergyIntolerance": 8, "MedicationRequest": 12, "Observation": 7}
# weight, height, blood pressure, creatinine in serum and in blood, haemoglobin, platelets, INR
OBSERVATIONS = {"29463-7", "8302-2", "85354-9", "2160-0", "38483-4", "718-7", "777-3", "6301-6"}
SAME = {"38483-4": "2160-0"}  # of the two creatinines the newer one is kept
DROPPED = {"meta", "extension", "encounter"}
EMPTY = ({}, [])
BONE = {"64859006", "443165006"}  # osteoporosis, osteoporotic fracture
# kept even when the list of medicines is cut
THINNER = re.compile(r"\b(warfarin|heparin|enoxaparin|clopidogrel|prasugrel|ticagrelor|aspirin)\b", re.IGNORECASE)
NOT_DISEASE = ("(finding)", "(situation)", "(person)")  # schooling, work, "Allergy to substance" ...


def concept(resource):
    return resource.get("medicationCodeableConcept") or resource.get("code") or {}


def code(resource):
    return concept(resource).get("coding", [{}])[0].get("code")


def name_of(resource):
    return concept(resource).get("coding", [{}])[0].get("display", "")


def date(resource):
    keys = ("effectiveDateTime", "authoredOn", "onsetDateTime", "recordedDate")
    return next((resource[k] for k in keys if k in resource), "")


def active(resource):
    kind = resource["resourceType"]
    if kind == "Observation":
        return code(resource) in OBSERVATIONS and resource["status"] == "final"
    if kind == "MedicationRequest":
        return resource["status"] == "active" and "medicationCodeableConcept" in resource
    if resource["clinicalStatus"]["coding"][0]["code"] != "active":
        return False
    return not name_of(resource).endswith(NOT_DISEASE)


def important(resource):
    return code(resource) in BONE or bool(THINNER.search(name_of(resource)))


def chosen(resources, kind):
    """The newest of each code, oldest first; when there are too many the important and the newest stay."""
    newest = {}
    for resource in sorted((r for r in resources if r["resourceType"] == kind and active(r)), key=date):
        newest[SAME.get(code(resource), code(resource))] = resource
    ranked = sorted(newest.values(), key=lambda r: (important(r), date(r)), reverse=True)
    return sorted(ranked[: MOST[kind]], key=lambda r: (date(r), r["id"]))


def trim_patient(patient):
    name = next(n for n in patient["name"] if n.get("use") == "official")
    given = [part.rstrip(string.digits) for part in name["given"]]
    patient["name"] = [{**name, "family": name["family"].rstrip(string.digits), "given": given}]
    mrn = next(i for i in patient["identifier"] if i.get("type", {}).get("coding", [{}])[0].get("code") == "MR")
    number = "%08d" % (int(patient["id"][:8], 16) % 10**8)
    patient["identifier"] = [{**mrn, "system": MRN_SYSTEM, "value": number}]
    for language in patient.get("communication", []):
        for coding in language["language"]["coding"]:
            coding.pop("display", None)
    return patient


def clean(value, inside):
    """No narrative, profile, extension, encounter; a reference out of the bundle becomes its display, or goes."""
    if isinstance(value, list):
        return [v for v in (clean(v, inside) for v in value) if v not in EMPTY]
    if not isinstance(value, dict):
        return value
    if "reference" in value and value["reference"] not in inside:
        value = {"display": value["display"]} if "display" in value else {}
    result = {k: clean(v, inside) for k, v in value.items()
              if k not in DROPPED and not (k == "text" and isinstance(v, dict))}
    return {k: v for k, v in result.items() if v not in EMPTY}


def trim(bundle):
    resources = [e["resource"] for e in bundle["entry"]]
    kept = [trim_patient(next(r for r in resources if r["resourceType"] == "Patient"))]
    for kind in MOST:
        kept += chosen(resources, kind)
    inside = {"urn:uuid:" + r["id"] for r in kept}
    return {"resourceType": "Bundle", "type": "transaction", "entry": [
        {"fullUrl": "urn:uuid:" + r["id"], "resource": clean(r, inside),
         "request": {"method": "PUT", "url": r["resourceType"] + "/" + r["id"]}} for r in kept]}


def plain(text):
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]+", "-", text).strip("-")


def main(source, target, *ids):
    for wanted in ids:
        file, = [f for f in pathlib.Path(source).glob("*.json") if f.stem.rsplit("_", 1)[-1].startswith(wanted)]
        bundle = trim(json.loads(file.read_text("utf-8")))
        name = bundle["entry"][0]["resource"]["name"][0]
        out = pathlib.Path(target, "%s-%s.json" % (plain(name["family"]), plain(name["given"][0])))
        out.write_text(json.dumps(bundle, indent=2, ensure_ascii=False) + "\n", "utf-8")
        print(out.name, len(bundle["entry"]), "entries", out.stat().st_size, "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
