-- Objects that a correction moved take their figures with them: where a fact belongs may change, what it says may not.
grant update (exam_id) on analysis_run, dose_report, typed_dose, compliance_verdict to jiapian_app;
