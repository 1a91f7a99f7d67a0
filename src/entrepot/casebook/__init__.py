"""The transactional store: tips, claims, evidence, judgements, and an audit trail."""
